using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Objects in Cloud Storage.</content>
internal partial interface IEngine
{
    /// <summary>An object's metadata: of the generation named, else of the live one.</summary>
    Task<GcsObject> GetObjectAsync(SessionRecord session, ObjectAddress address, EngineCall call);

    /// <summary>The objects of a bucket in the order of their names, a page at a time.</summary>
    IObjectPager ListObjects(SessionRecord session, ObjectQuery query);
}
