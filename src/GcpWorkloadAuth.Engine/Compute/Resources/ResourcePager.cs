using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Resources of any kind, a page at a time.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="ask">Asks for the page with a token; null for the first.</param>
/// <param name="requireComplete">A place that cannot be reached is an error.</param>
internal sealed class ResourcePager<T>(Func<string?, EngineCall, Task<ResourcePage<T>>> ask, bool requireComplete = false) : IPager<T>
{
    private string? _pageToken;
    private bool _isDone;

    public async Task<ResultPage<T>?> NextAsync(EngineCall call)
    {
        if (_isDone)
        {
            return null;
        }

        ResourcePage<T> page = await ask(_pageToken, call).ConfigureAwait(false);
        _pageToken = page.NextPageToken;
        _isDone = string.IsNullOrEmpty(_pageToken);
        string[] unreachable = [.. page.Unreachable];
        if (unreachable.Length > 0 && requireComplete)
        {
            throw Errors.ListIncomplete(string.Join(", ", unreachable));
        }

        return new ResultPage<T>(page.Items, unreachable);
    }
}
