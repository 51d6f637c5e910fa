using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>Instances, a page at a time.</summary>
internal sealed class InstancePager(ComputeService service, InstanceQuery query) : IPager<GceInstance>
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ResultPage<GceInstance>?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        InstancePage page = await service.ListInstancesAsync(query, _pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        string[] unreachable = [.. page.Unreachable];
        if (unreachable.Length > 0 && query.RequireComplete)
        {
            throw Errors.ListIncomplete(string.Join(", ", unreachable));
        }

        return new ResultPage<GceInstance>(page.Items, unreachable);
    }
}
