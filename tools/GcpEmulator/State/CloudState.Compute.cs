namespace GcpEmulator;

/// <content>Compute Engine besides the instances.</content>
public sealed partial class CloudState
{
    /// <summary>Operations, disks, networks, permissions, quotas: all of Compute Engine but the instances themselves.</summary>
    public ComputeState Compute { get; }

    internal TimeProvider Clock => _options.Clock;

    /// <summary>Ends what waits when the emulator stops.</summary>
    internal CancellationToken Stopping { get; init; }
}
