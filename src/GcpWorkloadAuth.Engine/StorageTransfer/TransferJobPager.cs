using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <summary>The transfer jobs of a project, a page at a time.</summary>
internal sealed class TransferJobPager(TransferJobService service, TransferJobQuery query) : IPager<GcsTransferJob>
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ResultPage<GcsTransferJob>?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        TransferJobPage page = await service.ListAsync(query, _pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        return new ResultPage<GcsTransferJob>(page.Items, []);
    }
}
