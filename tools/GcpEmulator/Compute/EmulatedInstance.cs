using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GcpEmulator;

/// <summary>A virtual machine. It never changes; <see cref="InstanceStore.Update"/> puts another in its place.</summary>
public sealed record EmulatedInstance
{
    /// <summary>The project's id.</summary>
    public required string Project { get; init; }

    /// <summary>The zone's name.</summary>
    public required string Zone { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The 19-digit id.</summary>
    public ulong Id { get; init; }

    /// <summary>PROVISIONING, STAGING, RUNNING, STOPPING, SUSPENDING, SUSPENDED, REPAIRING or TERMINATED.</summary>
    public string Status { get; init; } = "RUNNING";

    /// <summary>The machine type's name.</summary>
    public string MachineType { get; init; } = "e2-medium";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; } = new(2025, 3, 14, 9, 26, 53, 589, TimeSpan.FromHours(-7));

    /// <summary>The description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The network tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The metadata (attributes).</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The service accounts; a real machine has at most one.</summary>
    public ImmutableArray<AttachedAccount> ServiceAccounts { get; init; } = [];

    /// <summary>The address in the network.</summary>
    public string InternalIP { get; init; } = "10.132.0.2";

    /// <summary>The public address; null for none.</summary>
    public string? ExternalIP { get; init; }

    /// <summary>False for a public address that was reserved: it stays with the machine when it stops.</summary>
    public bool ExternalIPIsEphemeral { get; init; } = true;

    /// <summary>The URL of the network; null for the default network.</summary>
    public string? Network { get; init; }

    /// <summary>The URL of the subnetwork; null for the one named default in the zone's region.</summary>
    public string? Subnetwork { get; init; }

    /// <summary>When it was last started; null for eight seconds after it was created.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was last stopped.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When it was last suspended.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>True for a machine with a Windows boot disk.</summary>
    public bool IsWindows { get; init; }

    /// <summary>True forbids deletion.</summary>
    public bool DeletionProtection { get; init; }

    /// <summary>How often it was changed; the fingerprint depends on it.</summary>
    public int Revision { get; init; }

    /// <summary>Top-level members to add to the JSON or to replace in it, unknown ones too.</summary>
    public JsonObject? Extra { get; init; }
}
