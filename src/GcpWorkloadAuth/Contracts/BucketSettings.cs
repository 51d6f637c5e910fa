using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>
/// What a bucket is to become. Null: not named, and so not sent. Where a setting can be taken away, empty (a text, a list) or zero
/// (a time) does it.
/// </summary>
internal sealed record BucketSettings
{
    public string? StorageClass { get; init; }

    /// <summary>All labels, in place of those there are.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public IReadOnlyDictionary<string, string>? AddLabels { get; init; }

    public IReadOnlyList<string>? RemoveLabels { get; init; }

    public bool? Autoclass { get; init; }

    public string? AutoclassTerminalStorageClass { get; init; }

    public bool? Versioning { get; init; }

    public bool? UniformBucketLevelAccess { get; init; }

    public string? PublicAccessPrevention { get; init; }

    public TimeSpan? SoftDeleteRetention { get; init; }

    public TimeSpan? RetentionPeriod { get; init; }

    /// <summary>Makes the retention policy final, once all else is set.</summary>
    public bool LockRetention { get; init; }

    public IReadOnlyList<GcsLifecycleRule>? LifecycleRules { get; init; }

    public IReadOnlyList<GcsCorsRule>? CorsRules { get; init; }

    public string? MainPageSuffix { get; init; }

    public string? NotFoundPage { get; init; }

    public string? LogBucket { get; init; }

    public string? LogObjectPrefix { get; init; }

    public string? DefaultKmsKeyName { get; init; }

    public bool? RequesterPays { get; init; }

    public bool? DefaultEventBasedHold { get; init; }

    public string? Rpo { get; init; }

    /// <summary>The metageneration to change, and no other.</summary>
    public long? IfMetagenerationMatch { get; init; }
}

/// <summary>A bucket that is to be made.</summary>
internal sealed record NewBucket(string Project, string Name, BucketSettings Settings)
{
    public string? Location { get; init; }

    /// <summary>The regions of a custom dual-region; null for none.</summary>
    public IReadOnlyList<string>? Placement { get; init; }

    public bool? HierarchicalNamespace { get; init; }
}

/// <summary>An upload of several parts that was begun and not ended.</summary>
internal sealed record UnfinishedUpload(string Bucket, string Name, string UploadId);

/// <summary>A folder of a bucket with its own IAM policy, or of a hierarchical namespace.</summary>
internal sealed record BucketFolder(string Bucket, string Name, bool IsManaged)
{
    public override string ToString() => "gs://" + Bucket + "/" + Name;
}

/// <summary>One member's role to be given or taken.</summary>
internal sealed record BindingChange(string Role, IReadOnlyList<string> Members, GcpIamCondition? Condition, bool IsRemoval);
