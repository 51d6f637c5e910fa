using System;
using System.Threading;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Cancels what has not moved for a minute. However long a transfer takes, it goes on while bytes come.</summary>
internal sealed class StallWatch : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int Grain = 1000;
    private readonly CancellationTokenSource _source;
    private int _last;

    public StallWatch(CancellationToken stopping)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _last = Environment.TickCount;
        _source.CancelAfter(Limit);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something moved.</summary>
    public void Touch()
    {
        // Not with every block: setting a timer anew costs more than reading the clock.
        int now = Environment.TickCount;
        if (unchecked((uint)(now - _last)) >= Grain)
        {
            _last = now;
            _source.CancelAfter(Limit);
        }
    }

    public void Dispose() => _source.Dispose();
}
