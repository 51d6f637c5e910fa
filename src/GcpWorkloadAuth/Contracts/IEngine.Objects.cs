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

    /// <summary>Changes an object's metadata.</summary>
    Task<GcsObject> UpdateObjectAsync(SessionRecord session, ObjectUpdate update, EngineCall call);

    /// <summary>Copies an object on the server.</summary>
    Task<GcsObject> CopyObjectAsync(SessionRecord session, ObjectCopy copy, EngineCall call);

    /// <summary>Moves an object on the server; its source is deleted only once the copy is known to be whole.</summary>
    Task<GcsObject> MoveObjectAsync(SessionRecord session, ObjectCopy move, EngineCall call);

    /// <summary>Puts objects together to one.</summary>
    Task<GcsObject> ComposeObjectAsync(SessionRecord session, ObjectComposition composition, EngineCall call);

    /// <summary>Brings a soft-deleted object back.</summary>
    Task<GcsObject> RestoreObjectAsync(SessionRecord session, ObjectRestoration restoration, EngineCall call);

    /// <summary>The objects of a bucket in the order of their names, a page at a time.</summary>
    IObjectPager ListObjects(SessionRecord session, ObjectQuery query);
}
