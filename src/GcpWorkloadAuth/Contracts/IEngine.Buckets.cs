using System.Collections.Generic;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Changing buckets and who may use them.</content>
internal partial interface IEngine
{
    /// <summary>Makes a bucket.</summary>
    Task<GcsBucket> CreateBucketAsync(SessionRecord session, NewBucket bucket, EngineCall call);

    /// <summary>Changes what the settings name, on condition that nobody else changed the bucket since it was read; reads again where somebody did.</summary>
    Task<GcsBucket> UpdateBucketAsync(SessionRecord session, string bucket, BucketSettings settings, EngineCall call);

    /// <summary>Deletes a bucket, which must be empty.</summary>
    Task DeleteBucketAsync(SessionRecord session, string bucket, long? ifMetagenerationMatch, EngineCall call);

    /// <summary>False where there is no such bucket; every other failure is one.</summary>
    Task<bool> TestBucketAsync(SessionRecord session, string bucket, EngineCall call);

    /// <summary>The folders of a bucket, the deepest last.</summary>
    Task<IReadOnlyList<BucketFolder>> ListFoldersAsync(SessionRecord session, string bucket, bool isManaged, EngineCall call);

    /// <summary>Deletes an empty folder; one that is gone counts as deleted.</summary>
    Task DeleteFolderAsync(SessionRecord session, BucketFolder folder, EngineCall call);

    /// <summary>The multipart uploads of the XML API that were begun and not ended.</summary>
    Task<IReadOnlyList<UnfinishedUpload>> ListUploadsAsync(SessionRecord session, string bucket, EngineCall call);

    /// <summary>Ends an upload and frees its parts; one that is gone counts as ended.</summary>
    Task AbortUploadAsync(SessionRecord session, UnfinishedUpload upload, EngineCall call);

    /// <summary>Who may do what with a bucket, conditions included.</summary>
    Task<GcpIamPolicy> GetBucketPolicyAsync(SessionRecord session, string bucket, EngineCall call);

    /// <summary>Gives or takes a role. Where nothing would change nothing is sent.</summary>
    /// <returns>The policy as it is then.</returns>
    Task<GcpIamPolicy> ChangeBucketPolicyAsync(SessionRecord session, string bucket, BindingChange change, EngineCall call);

    /// <summary>The permissions among those named that the caller has.</summary>
    Task<IReadOnlyList<string>> TestBucketPermissionsAsync(SessionRecord session, string bucket, IReadOnlyList<string> permissions, EngineCall call);
}
