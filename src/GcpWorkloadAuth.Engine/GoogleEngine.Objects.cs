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

    Task<GcsObject> IEngine.UpdateObjectAsync(SessionRecord session, ObjectUpdate update, EngineCall call) =>
        ObjectsOf(session).UpdateAsync(update, call);

    Task<GcsObject> IEngine.CopyObjectAsync(SessionRecord session, ObjectCopy copy, EngineCall call) =>
        ObjectsOf(session).CopyAsync(copy, call);

    Task<GcsObject> IEngine.MoveObjectAsync(SessionRecord session, ObjectCopy move, EngineCall call) =>
        ObjectsOf(session).MoveAsync(move, call);

    Task<GcsObject> IEngine.ComposeObjectAsync(SessionRecord session, ObjectComposition composition, EngineCall call) =>
        ObjectsOf(session).ComposeAsync(composition, call);

    Task<GcsObject> IEngine.RestoreObjectAsync(SessionRecord session, ObjectRestoration restoration, EngineCall call) =>
        ObjectsOf(session).RestoreAsync(restoration, call);

    IObjectPager IEngine.ListObjects(SessionRecord session, ObjectQuery query) => new ObjectPager(ObjectsOf(session), query);

    private static ObjectService ObjectsOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
