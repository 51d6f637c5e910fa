using System.Collections.Concurrent;
using GcpEmulator.Http;

namespace GcpEmulator.Json;

/// <summary>Answers to list requests as bytes, for as long as nothing in the lists changes: a page is rendered once for each query.</summary>
internal sealed class PageCache(Func<long> version, long limit = 512L * 1024 * 1024)
{
    private ConcurrentDictionary<string, Reply> _pages = new(StringComparer.Ordinal);
    private long _version = -1;
    private long _size;

    public Reply Get(EmulatedRequest request, Func<Reply> render)
    {
        long now = version();
        if (Interlocked.Exchange(ref _version, now) != now || Interlocked.Read(ref _size) > limit)
        {
            _pages = new(StringComparer.Ordinal);
            Interlocked.Exchange(ref _size, 0);
        }

        ConcurrentDictionary<string, Reply> pages = _pages;
        string key = request.Path + "?" + request.Query;
        if (pages.TryGetValue(key, out Reply? page))
        {
            return page;
        }

        page = render();
        if (page.Status == 200 && version() == now)
        {
            pages[key] = page;
            Interlocked.Add(ref _size, page.Body.Length);
        }

        return page;
    }
}
