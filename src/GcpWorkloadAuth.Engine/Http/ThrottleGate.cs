using System;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// Holds the requests of one project back where Compute Engine asks to slow down. Its rate quotas are counted by the minute, so the
/// next one begins at the next minute. Source: https://cloud.google.com/compute/api-quota.
/// </summary>
/// <param name="utcNow">The time.</param>
/// <param name="delay">Waits.</param>
internal sealed class ThrottleGate(Func<DateTime> utcNow, Func<TimeSpan, CancellationToken, Task> delay)
{
    private static readonly Random s_random = new();
    private readonly object _lock = new();
    private DateTime _opens = DateTime.MinValue;

    /// <summary>Closes the gate until the next minute. When it opens; null where it was closed already.</summary>
    public DateTime? Close()
    {
        DateTime now = utcNow();
        DateTime next = now.AddTicks(TimeSpan.TicksPerMinute - (now.Ticks % TimeSpan.TicksPerMinute));
        lock (_lock)
        {
            if (next <= _opens)
            {
                return null;
            }

            _opens = next;
            return next;
        }
    }

    /// <summary>Waits while the gate is closed, and a little more: those that wait together do not come back together.</summary>
    public async Task PassAsync(CancellationToken stopping)
    {
        while (Left() is { } left)
        {
            await delay(left + Jitter(), stopping).ConfigureAwait(false);
        }
    }

    private TimeSpan? Left()
    {
        lock (_lock)
        {
            TimeSpan left = _opens - utcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private static TimeSpan Jitter()
    {
        lock (s_random)
        {
            return TimeSpan.FromMilliseconds(s_random.Next(50, 3000));
        }
    }
}
