using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Iam;

namespace GcpWorkloadAuth.Engine;

/// <content>Changing buckets and who may use them.</content>
public sealed partial class GoogleEngine
{
    Task<GcsBucket> IEngine.CreateBucketAsync(SessionRecord session, NewBucket bucket, EngineCall call) =>
        StorageOf(session).CreateAsync(bucket, call);

    Task<GcsBucket> IEngine.UpdateBucketAsync(SessionRecord session, string bucket, BucketSettings settings, EngineCall call) =>
        StorageOf(session).UpdateAsync(bucket, settings, call);

    Task IEngine.DeleteBucketAsync(SessionRecord session, string bucket, long? ifMetagenerationMatch, EngineCall call) =>
        StorageOf(session).DeleteAsync(bucket, ifMetagenerationMatch, call);

    Task<bool> IEngine.TestBucketAsync(SessionRecord session, string bucket, EngineCall call) => StorageOf(session).TestAsync(bucket, call);

    Task<IReadOnlyList<BucketFolder>> IEngine.ListFoldersAsync(SessionRecord session, string bucket, bool isManaged, EngineCall call) =>
        StorageOf(session).ListFoldersAsync(bucket, isManaged, call);

    Task IEngine.DeleteFolderAsync(SessionRecord session, BucketFolder folder, EngineCall call) =>
        StorageOf(session).DeleteFolderAsync(folder, call);

    Task<IReadOnlyList<UnfinishedUpload>> IEngine.ListUploadsAsync(SessionRecord session, string bucket, EngineCall call) =>
        StorageOf(session).ListUploadsAsync(bucket, call);

    Task IEngine.AbortUploadAsync(SessionRecord session, UnfinishedUpload upload, EngineCall call) =>
        StorageOf(session).AbortUploadAsync(upload, call);

    Task<GcpIamPolicy> IEngine.GetBucketPolicyAsync(SessionRecord session, string bucket, EngineCall call) =>
        StorageOf(session).GetPolicyAsync(bucket, call);

    Task<GcpIamPolicy> IEngine.ChangeBucketPolicyAsync(SessionRecord session, string bucket, BindingChange change, EngineCall call) =>
        StorageOf(session).ChangePolicyAsync(bucket, change, call);

    Task<IReadOnlyList<string>> IEngine.TestBucketPermissionsAsync(
        SessionRecord session, string bucket, IReadOnlyList<string> permissions, EngineCall call) =>
        new PermissionService(new ApiClient(EngineSession.Of(session))).OfBucketAsync(bucket, permissions, call);
}
