using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Storage;

namespace GcpWorkloadAuth.Engine;

/// <content>Objects in Cloud Storage.</content>
public sealed partial class GoogleEngine
{
    Task<GcsObject> IEngine.GetObjectAsync(SessionRecord session, ObjectAddress address, EngineCall call) =>
        ObjectsOf(session).GetAsync(address, call);

    Task<GcpException?[]> IEngine.DeleteObjectsAsync(
        SessionRecord session, System.Collections.Generic.IReadOnlyList<ObjectDeletion> items, EngineCall call) =>
        ObjectsOf(session).DeleteAsync(items, call);

    IObjectPager IEngine.ListObjects(SessionRecord session, ObjectQuery query) => new ObjectPager(ObjectsOf(session), query);

    private static ObjectService ObjectsOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
