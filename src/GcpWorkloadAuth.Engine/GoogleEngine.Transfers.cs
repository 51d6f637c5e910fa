using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Engine.Transfer;

namespace GcpWorkloadAuth.Engine;

/// <content>Contents of objects.</content>
public sealed partial class GoogleEngine
{
    // On the pool's threads from the start: many small transfers would else be begun one after the other on the pipeline's.
    Task<TransferResult> IEngine.DownloadAsync(SessionRecord session, ObjectDownload download, EngineCall call)
    {
        ApiClient client = new(EngineSession.Of(session));
        return Task.Run(() => new Downloader(new MediaClient(client), new ObjectService(client), download, call).RunAsync(), call.Stopping);
    }

    Task<IObjectContent> IEngine.OpenAsync(SessionRecord session, ObjectRead read, EngineCall call) =>
        ObjectContent.OpenAsync(new MediaClient(new ApiClient(EngineSession.Of(session))), read, call);

    Task<TransferResult> IEngine.UploadAsync(SessionRecord session, ObjectUpload upload, EngineCall call)
    {
        ApiClient client = new(EngineSession.Of(session));
        return Task.Run(() => new Uploader(new MediaClient(client), new ObjectService(client), upload, call).RunAsync(), call.Stopping);
    }

    Task<ContentHash> IEngine.HashAsync(Stream content, bool wantsMd5, EngineCall call) =>
        Task.Run(() => ContentHasher.HashAsync(content, wantsMd5, call), call.Stopping);
}
