using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>The buckets of a project, a page at a time.</summary>
internal sealed class BucketPager(StorageService service, BucketQuery query) : IPager<GcsBucket>
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ResultPage<GcsBucket>?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        BucketPage page = await service.ListBucketsAsync(query, _pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        foreach (GcsBucket bucket in page.Items)
        {
            bucket.Project = query.Project;
        }

        return new ResultPage<GcsBucket>(page.Items, page.Unreachable);
    }
}
