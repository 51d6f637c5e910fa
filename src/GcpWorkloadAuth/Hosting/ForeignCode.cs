using System;
using System.Threading;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// A stretch in which code that is not ours may run on the pipeline thread (a downstream cmdlet inside WriteObject, a prompt,
/// a stream redirection). The caller's own SynchronizationContext is back for it: with ours, a downstream cmdlet that blocks on
/// async code would wait for a queue that nobody empties.
/// </summary>
internal readonly struct ForeignCode : IDisposable
{
    private readonly SynchronizationContext? _ours;

    private ForeignCode(SynchronizationContext? ours) => _ours = ours;

    public static ForeignCode Enter(SynchronizationContext? callers)
    {
        SynchronizationContext? ours = SynchronizationContext.Current;
        if (!ReferenceEquals(ours, callers))
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }

        return new ForeignCode(ours);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(SynchronizationContext.Current, _ours))
        {
            SynchronizationContext.SetSynchronizationContext(_ours);
        }
    }
}
