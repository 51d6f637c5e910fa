using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>An image that disks are made from.</summary>
public sealed class GceImage
{
    /// <summary>The name, unique in its project.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The id of the project that has it: "debian-cloud" for Debian's own.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The family; null where it is in none.</summary>
    public string? Family { get; internal set; }

    /// <summary>PENDING, READY, FAILED or DELETING.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>The least size of a disk made from it, in GiB.</summary>
    public long? DiskSizeGB { get; internal set; }

    /// <summary>What is stored, in bytes.</summary>
    public long? ArchiveSizeBytes { get; internal set; }

    /// <summary>X86_64 or ARM64.</summary>
    public string? Architecture { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>DEPRECATED, OBSOLETE or DELETED; null where it is none of them.</summary>
    public string? DeprecationState { get; internal set; }

    /// <summary>What takes the place of a deprecated one, as an address.</summary>
    public string? Replacement { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>Changes with the labels; sent back with a change of them.</summary>
    public string? LabelFingerprint { get; internal set; }

    /// <summary>The addresses of the licenses that disks made from it have.</summary>
    public IReadOnlyList<string> Licenses { get; internal set; } = Array.Empty<string>();

    /// <summary>What the system in it supports: UEFI_COMPATIBLE, GVNIC ...</summary>
    public IReadOnlyList<string> GuestOsFeatures { get; internal set; } = Array.Empty<string>();

    /// <summary>Where it is stored.</summary>
    public IReadOnlyList<string> StorageLocations { get; internal set; } = Array.Empty<string>();

    /// <summary>The disk that it was made from, as an address.</summary>
    public string? SourceDisk { get; internal set; }

    /// <summary>The image that it was made from, as an address.</summary>
    public string? SourceImage { get; internal set; }

    /// <summary>The snapshot that it was made from, as an address.</summary>
    public string? SourceSnapshot { get; internal set; }

    /// <summary>The Cloud KMS key that encrypts it; null for Google's own keys.</summary>
    public string? KmsKeyName { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The image's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
