using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>Growing, jittered pauses between tries inside one overall deadline.</summary>
internal sealed class Backoff
{
    private static readonly Random s_random = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _deadline;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    public Backoff(TimeSpan first, TimeSpan longest, TimeSpan deadline)
    {
        _next = first;
        _longest = longest;
        _deadline = deadline;
    }

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>What is left of the deadline; never negative.</summary>
    public TimeSpan Left => _deadline > _clock.Elapsed ? _deadline - _clock.Elapsed : TimeSpan.Zero;

    /// <summary>Waits before the next try. False, at once, where the deadline would pass meanwhile.</summary>
    /// <param name="atLeast">What the server asked for (Retry-After).</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task<bool> WaitAsync(TimeSpan? atLeast, CancellationToken stopping)
    {
        if (Next(atLeast) is not { } pause)
        {
            return false;
        }

        await Task.Delay(pause, stopping).ConfigureAwait(false);
        return true;
    }

    /// <summary>As <see cref="WaitAsync"/>, for a worker's own thread.</summary>
    public bool Wait(TimeSpan? atLeast, CancellationToken stopping)
    {
        if (Next(atLeast) is not { } pause)
        {
            return false;
        }

        stopping.WaitHandle.WaitOne(pause);
        stopping.ThrowIfCancellationRequested();
        return true;
    }

    private TimeSpan? Next(TimeSpan? atLeast)
    {
        TimeSpan pause = TimeSpan.FromTicks((long)(_next.Ticks * Jitter()));
        if (atLeast > pause)
        {
            pause = atLeast.Value;
        }

        if (pause >= Left)
        {
            return null;
        }

        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, _longest.Ticks));
        return pause;
    }

    // 0.5 to 1.0: callers that failed together do not come back together.
    private static double Jitter()
    {
        lock (s_random)
        {
            return 0.5 + (s_random.NextDouble() / 2);
        }
    }
}
