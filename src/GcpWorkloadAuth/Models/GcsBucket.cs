using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A Cloud Storage bucket.</summary>
public sealed class GcsBucket
{
    /// <summary>The globally unique name.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project: its id where the bucket was listed, its number where the bucket was asked for by name. Both name it to -Project.</summary>
    public string? Project { get; internal set; }

    /// <summary>The number of the project that owns it.</summary>
    public ulong? ProjectNumber { get; internal set; }

    /// <summary>The location in capitals: a region, a dual-region or a multi-region.</summary>
    public string Location { get; internal set; } = string.Empty;

    /// <summary>region, dual-region or multi-region.</summary>
    public string? LocationType { get; internal set; }

    /// <summary>The regions of a custom dual-region; empty elsewhere.</summary>
    public IReadOnlyList<string> DataLocations { get; internal set; } = Array.Empty<string>();

    /// <summary>The class new objects get: STANDARD, NEARLINE, COLDLINE, ARCHIVE ...</summary>
    public string? StorageClass { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>When it was last changed, local time.</summary>
    public DateTime? UpdateTime { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>True where uniform bucket-level access is on and object ACLs mean nothing.</summary>
    public bool UniformBucketLevelAccess { get; internal set; }

    /// <summary>enforced or inherited; null where the server did not say.</summary>
    public string? PublicAccessPrevention { get; internal set; }

    /// <summary>True where overwritten and deleted objects are kept as noncurrent versions.</summary>
    public bool Versioning { get; internal set; }

    /// <summary>How long soft-deleted objects are kept; zero where soft delete is off.</summary>
    public TimeSpan SoftDeleteRetention { get; internal set; }

    /// <summary>How long objects must be kept; null where no retention policy is set.</summary>
    public TimeSpan? RetentionPeriod { get; internal set; }

    /// <summary>True where the retention policy can no longer be shortened.</summary>
    public bool RetentionLocked { get; internal set; }

    /// <summary>True where the hierarchical namespace is on.</summary>
    public bool HierarchicalNamespace { get; internal set; }

    /// <summary>True where the storage class follows use.</summary>
    public bool Autoclass { get; internal set; }

    /// <summary>True where the one who asks pays.</summary>
    public bool RequesterPays { get; internal set; }

    /// <summary>The Cloud KMS key new objects are encrypted with; null for Google's own keys.</summary>
    public string? DefaultKmsKeyName { get; internal set; }

    /// <summary>Changes whenever the bucket or its metadata does.</summary>
    public string? ETag { get; internal set; }

    /// <summary>The bucket's generation.</summary>
    public long? Generation { get; internal set; }

    /// <summary>The generation of the bucket's metadata.</summary>
    public long? Metageneration { get; internal set; }

    /// <summary>The bucket's address in the JSON API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
