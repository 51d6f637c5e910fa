using System.Threading.Tasks;

namespace GcpWorkloadAuth.Contracts;

/// <content>Folders and buckets made equal.</content>
internal partial interface IEngine
{
    /// <summary>
    /// Lists both sides and says what would make the second equal to the first. Nothing is changed. What neither size nor time settles is
    /// read, for its checksum.
    /// </summary>
    Task<SyncPlan> PlanSyncAsync(SessionRecord session, SyncRequest request, EngineCall call);
}
