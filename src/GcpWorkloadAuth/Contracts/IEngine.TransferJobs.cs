using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Jobs of the Storage Transfer Service.</content>
internal partial interface IEngine
{
    /// <summary>
    /// Makes a job and runs it, once each: a lost answer is settled by looking at what is there.
    /// </summary>
    Task<GcsTransferJob> StartTransferJobAsync(SessionRecord session, TransferJobRequest request, EngineCall call);

    /// <summary>A job by its whole name, with its latest operation.</summary>
    Task<GcsTransferJob> GetTransferJobAsync(SessionRecord session, string project, string name, EngineCall call);

    /// <summary>The jobs of a project with their latest operations, a page at a time.</summary>
    IPager<GcsTransferJob> ListTransferJobs(SessionRecord session, TransferJobQuery query);

    /// <summary>A run of a job by its whole name.</summary>
    Task<GcsTransferOperation> GetTransferOperationAsync(SessionRecord session, string name, EngineCall call);
}
