using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A persistent disk or Hyperdisk, of a zone or of a region.</summary>
public sealed class GceDisk
{
    private string? _region;

    /// <summary>The name, unique in its zone or region.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The zone's name; null for a regional disk.</summary>
    public string? Zone { get; internal set; }

    /// <summary>The region's name; that of the zone for what is in a zone.</summary>
    public string? Region
    {
        get => Zone is null ? _region : GceInstance.RegionOf(Zone);
        internal set => _region = value;
    }

    /// <summary>The zones of a regional disk.</summary>
    public IReadOnlyList<string> ReplicaZones { get; internal set; } = Array.Empty<string>();

    /// <summary>The disk type's name, "pd-balanced".</summary>
    public string Type { get; internal set; } = string.Empty;

    /// <summary>The size, in GiB.</summary>
    public long SizeGB { get; internal set; }

    /// <summary>CREATING, RESTORING, READY, FAILED or DELETING.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>The addresses of the instances that it is attached to.</summary>
    public IReadOnlyList<string> Users { get; internal set; } = Array.Empty<string>();

    /// <summary>The names of the instances that it is attached to.</summary>
    public IReadOnlyList<string> AttachedTo
    {
        get
        {
            string[] names = new string[Users.Count];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = Users[i].Substring(Users[i].LastIndexOf('/') + 1);
            }

            return names;
        }
    }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>When it was last attached, local time; null where it never was.</summary>
    public DateTime? LastAttachTime { get; internal set; }

    /// <summary>When it was last detached, local time; null where it never was.</summary>
    public DateTime? LastDetachTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>Changes with the labels; sent back with a change of them.</summary>
    public string? LabelFingerprint { get; internal set; }

    /// <summary>The image that it was made from, as an address.</summary>
    public string? SourceImage { get; internal set; }

    /// <summary>The snapshot that it was made from, as an address.</summary>
    public string? SourceSnapshot { get; internal set; }

    /// <summary>The disk that it was made from, as an address.</summary>
    public string? SourceDisk { get; internal set; }

    /// <summary>X86_64 or ARM64.</summary>
    public string? Architecture { get; internal set; }

    /// <summary>The size of a block, in bytes.</summary>
    public long? PhysicalBlockSizeBytes { get; internal set; }

    /// <summary>The operations a second that are paid for; null where the type decides.</summary>
    public long? ProvisionedIops { get; internal set; }

    /// <summary>The MiB a second that are paid for; null where the type decides.</summary>
    public long? ProvisionedThroughput { get; internal set; }

    /// <summary>The addresses of its licenses.</summary>
    public IReadOnlyList<string> Licenses { get; internal set; } = Array.Empty<string>();

    /// <summary>What the system on it supports.</summary>
    public IReadOnlyList<string> GuestOsFeatures { get; internal set; } = Array.Empty<string>();

    /// <summary>The names of its resource policies, as snapshot schedules are.</summary>
    public IReadOnlyList<string> ResourcePolicies { get; internal set; } = Array.Empty<string>();

    /// <summary>The Cloud KMS key that encrypts it; null for Google's own keys.</summary>
    public string? KmsKeyName { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The disk's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>Where it is: its zone, else its region.</summary>
    public string Location => Zone ?? Region ?? string.Empty;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
