using System.Diagnostics;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>
/// How much time the machine kept from this process: a thread that sleeps for ten milliseconds at a time adds up how much longer it
/// slept. A bound on how long something took is widened by it, and by nothing on a machine that is not busy.
/// </summary>
internal sealed class Lateness : IDisposable
{
    private static readonly TimeSpan s_nap = TimeSpan.FromMilliseconds(10);

    // What a timer may be late on an idle machine (Windows has ticks of 15.6 ms).
    private static readonly TimeSpan s_usual = TimeSpan.FromMilliseconds(20);

    private readonly Thread _thread;
    private long _late;
    private volatile bool _isDone;

    public Lateness()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>All of it so far.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref _late));

    public void Dispose()
    {
        _isDone = true;
        _thread.Join();
    }

    private void Watch()
    {
        while (!_isDone)
        {
            long before = Stopwatch.GetTimestamp();
            Thread.Sleep(s_nap);
            TimeSpan late = Stopwatch.GetElapsedTime(before) - s_nap;
            if (late > s_usual)
            {
                Interlocked.Add(ref _late, late.Ticks);
            }
        }
    }
}
