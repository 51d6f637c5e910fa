using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.ResourceManager;

/// <summary>The projects of an account, a page at a time.</summary>
internal sealed class ProjectPager(ProjectService service, string? query) : IPager<GcpProject>
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ResultPage<GcpProject>?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        ProjectPage page = await service.SearchAsync(query, _pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        return new ResultPage<GcpProject>(page.Items, []);
    }
}
