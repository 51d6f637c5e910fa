using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Sync;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine;

/// <content>Folders and buckets made equal.</content>
public sealed partial class GoogleEngine
{
    Task<SyncPlan> IEngine.PlanSyncAsync(SessionRecord session, SyncRequest request, EngineCall call) =>
        new SyncPlanner(ObjectsOf(session), HashFileAsync, request, call).PlanAsync();

    private async Task<string> HashFileAsync(string path, EngineCall call)
    {
        try
        {
            using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: false);
            return (await ((IEngine)this).HashAsync(content, wantsMd5: false, call).ConfigureAwait(false)).Crc32C;
        }
        catch (System.Exception e) when (e is IOException or System.UnauthorizedAccessException)
        {
            throw Errors.SyncFolderUnreadable(path, e.Message);
        }
    }
}
