using System;
using System.Collections.Concurrent;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>Counts, for the process, the operations of a project that are waited for: a few may be by requests that hang.</summary>
internal sealed class HangingWaits
{
    /// <summary>More than so many requests that hang would keep connections, and quota, from the work itself.</summary>
    private const int Most = 8;

    private static readonly ConcurrentDictionary<string, HangingWaits> s_all = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private int _pending;

    public static HangingWaits Of(string project) => s_all.GetOrAdd(project, static _ => new HangingWaits());

    public void Enter()
    {
        lock (_lock)
        {
            _pending++;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _pending--;
        }
    }

    /// <summary>True where what is pending is few enough that each may have a request of its own.</summary>
    public bool MayHang()
    {
        lock (_lock)
        {
            return _pending <= Most;
        }
    }
}
