using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>Operations, a page at a time.</summary>
internal sealed class OperationPager(OperationService service, OperationQuery query) : IPager<GceOperation>
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ResultPage<GceOperation>?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        OperationPage page = await service.ListAsync(query, _pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        return new ResultPage<GceOperation>(page.Items, [.. page.Unreachable]);
    }
}
