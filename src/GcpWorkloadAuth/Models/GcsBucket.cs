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

    /// <summary>The coldest class that autoclass moves to: NEARLINE or ARCHIVE; null without autoclass.</summary>
    public string? AutoclassTerminalStorageClass { get; internal set; }

    /// <summary>How fast a dual- or multi-region copies between its places: DEFAULT or ASYNC_TURBO; null in a region.</summary>
    public string? Rpo { get; internal set; }

    /// <summary>What the bucket does by itself to its objects; empty where nothing.</summary>
    public IReadOnlyList<GcsLifecycleRule> LifecycleRules { get; internal set; } = Array.Empty<GcsLifecycleRule>();

    /// <summary>Which web pages may call the bucket; empty where none.</summary>
    public IReadOnlyList<GcsCorsRule> CorsRules { get; internal set; } = Array.Empty<GcsCorsRule>();

    /// <summary>As a website: the object that stands for a folder ("index.html").</summary>
    public string? MainPageSuffix { get; internal set; }

    /// <summary>As a website: the object that answers for one that is missing.</summary>
    public string? NotFoundPage { get; internal set; }

    /// <summary>The bucket that usage logs go to; null where none are written.</summary>
    public string? LogBucket { get; internal set; }

    /// <summary>What the names of usage logs begin with.</summary>
    public string? LogObjectPrefix { get; internal set; }

    /// <summary>True where every new object is under an event-based hold.</summary>
    public bool DefaultEventBasedHold { get; internal set; }

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
