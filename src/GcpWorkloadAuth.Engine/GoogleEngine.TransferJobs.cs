using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.StorageTransfer;

namespace GcpWorkloadAuth.Engine;

/// <content>Jobs of the Storage Transfer Service.</content>
public sealed partial class GoogleEngine
{
    Task<GcsTransferJob> IEngine.StartTransferJobAsync(SessionRecord session, TransferJobRequest request, EngineCall call) =>
        TransferJobsOf(session).StartAsync(request, call);

    Task<GcsTransferJob> IEngine.GetTransferJobAsync(SessionRecord session, string project, string name, EngineCall call) =>
        TransferJobsOf(session).GetAsync(project, name, call);

    IPager<GcsTransferJob> IEngine.ListTransferJobs(SessionRecord session, TransferJobQuery query) =>
        new TransferJobPager(TransferJobsOf(session), query);

    Task<GcsTransferOperation> IEngine.GetTransferOperationAsync(SessionRecord session, string name, EngineCall call) =>
        TransferJobsOf(session).GetOperationAsync(name, call);

    private static TransferJobService TransferJobsOf(SessionRecord session) => new(new ApiClient(EngineSession.Of(session)));
}
