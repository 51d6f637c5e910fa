using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A snapshot of a disk.</summary>
public sealed class GceSnapshot
{
    /// <summary>The name, unique in its project.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>CREATING, UPLOADING, READY, FAILED or DELETING.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>The disk that it was taken of, as an address.</summary>
    public string? SourceDisk { get; internal set; }

    /// <summary>The name of the disk that it was taken of.</summary>
    public string? SourceDiskName => SourceDisk is { } link ? link.Substring(link.LastIndexOf('/') + 1) : null;

    /// <summary>The size of the disk, in GiB.</summary>
    public long? DiskSizeGB { get; internal set; }

    /// <summary>What is stored of it, in bytes; it changes when neighbouring snapshots go.</summary>
    public long? StorageBytes { get; internal set; }

    /// <summary>STANDARD or ARCHIVE.</summary>
    public string? SnapshotType { get; internal set; }

    /// <summary>True where a schedule took it.</summary>
    public bool AutoCreated { get; internal set; }

    /// <summary>True where the system flushed its caches first (VSS on Windows).</summary>
    public bool GuestFlush { get; internal set; }

    /// <summary>The name of the chain that it belongs to; null for the usual one.</summary>
    public string? ChainName { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>Changes with the labels; sent back with a change of them.</summary>
    public string? LabelFingerprint { get; internal set; }

    /// <summary>Where it is stored.</summary>
    public IReadOnlyList<string> StorageLocations { get; internal set; } = Array.Empty<string>();

    /// <summary>The addresses of the licenses that disks made from it have.</summary>
    public IReadOnlyList<string> Licenses { get; internal set; } = Array.Empty<string>();

    /// <summary>X86_64 or ARM64.</summary>
    public string? Architecture { get; internal set; }

    /// <summary>The Cloud KMS key that encrypts it; null for Google's own keys.</summary>
    public string? KmsKeyName { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The snapshot's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
