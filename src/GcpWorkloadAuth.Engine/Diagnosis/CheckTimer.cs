using System.Diagnostics;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>Measures a check's own work: what it waits for before it begins is not its time.</summary>
internal sealed class CheckTimer
{
    private readonly Stopwatch _clock = new();
    private volatile bool _hasBegun;

    /// <summary>False while the check still waits for what it needs.</summary>
    public bool HasBegun => _hasBegun;

    public long Milliseconds => _clock.ElapsedMilliseconds;

    public void Begin()
    {
        _hasBegun = true;
        _clock.Restart();
    }
}
