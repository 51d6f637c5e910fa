using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>The objects of a bucket, a page at a time.</summary>
internal sealed class ObjectPager(ObjectService service, ObjectQuery query) : IObjectPager
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ObjectListPage?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        ObjectPage page = await service.ListAsync(query, _pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        return new ObjectListPage(page.Items, page.Prefixes);
    }
}
