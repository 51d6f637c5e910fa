using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Objects in Cloud Storage.</content>
internal partial interface IEngine
{
    /// <summary>An object's metadata: of the generation named, else of the live one.</summary>
    Task<GcsObject> GetObjectAsync(SessionRecord session, ObjectAddress address, EngineCall call);

    /// <summary>
    /// Deletes objects, up to a hundred in one request. Lost answers are settled: what is gone afterwards counts as deleted.
    /// </summary>
    /// <returns>For each item, in their order, what went wrong; null where it is deleted.</returns>
    Task<GcpException?[]> DeleteObjectsAsync(SessionRecord session, System.Collections.Generic.IReadOnlyList<ObjectDeletion> items, EngineCall call);

    /// <summary>The objects of a bucket in the order of their names, a page at a time.</summary>
    IObjectPager ListObjects(SessionRecord session, ObjectQuery query);
}
