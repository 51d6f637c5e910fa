using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Compute.Operations;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine;

/// <content>Changes of Compute Engine's resources, and the operations that they are.</content>
public sealed partial class GoogleEngine
{
    Task<GceOperation> IEngine.ChangeInstanceAsync(SessionRecord session, InstanceChange change, EngineCall call) =>
        new InstanceChanges(new ApiClient(EngineSession.Of(session))).StartAsync(change, call);

    Task<GceOperation> IEngine.GetOperationAsync(SessionRecord session, OperationAddress at, EngineCall call) =>
        OperationsOf(session).GetAsync(at, call);

    IPager<GceOperation> IEngine.ListOperations(SessionRecord session, OperationQuery query) => OperationsOf(session).List(query);

    IOperationWaiter IEngine.MakeOperationWaiter(SessionRecord session) => new OperationWaiter(OperationsOf(session));

    private static OperationService OperationsOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
