using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GcpEmulator;

/// <summary>A bucket. It never changes; <see cref="BucketStore.Update"/> puts another in its place.</summary>
public sealed record EmulatedBucket
{
    /// <summary>The project's id.</summary>
    public required string Project { get; init; }

    /// <summary>The project's number.</summary>
    public required long ProjectNumber { get; init; }

    /// <summary>The name, one of a kind in all of Storage.</summary>
    public required string Name { get; init; }

    /// <summary>The location, in capitals: EUROPE-WEST1, EU, NAM4.</summary>
    public string Location { get; init; } = "EUROPE-WEST1";

    /// <summary>region, multi-region or dual-region.</summary>
    public string LocationType { get; init; } = "region";

    /// <summary>STANDARD, NEARLINE, COLDLINE or ARCHIVE.</summary>
    public string StorageClass { get; init; } = "STANDARD";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; } = new(2025, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    /// <summary>When its metadata last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True keeps old generations; null has no versioning member at all.</summary>
    public bool? Versioning { get; init; }

    /// <summary>Uniform bucket-level access.</summary>
    public bool UniformAccess { get; init; } = true;

    /// <summary>inherited or enforced.</summary>
    public string PublicAccessPrevention { get; init; } = "inherited";

    /// <summary>How many days soft-deleted objects are kept.</summary>
    public int SoftDeleteDays { get; init; } = 7;

    /// <summary>The same in seconds, where it is no number of days; 0 for a bucket without soft delete.</summary>
    public long? SoftDeleteSeconds { get; init; }

    /// <summary>Raised by every change.</summary>
    public long Metageneration { get; init; } = 1;

    /// <summary>Top-level members to add to the JSON or to replace in it, unknown ones too.</summary>
    public JsonObject? Extra { get; init; }

    internal long Generation => CreatedAt.ToUnixTimeMilliseconds() * 1000; // microseconds

    internal TimeSpan SoftDelete => TimeSpan.FromSeconds(SoftDeleteSeconds ?? SoftDeleteDays * 86400L);

    internal TimeSpan? RetentionPeriod =>
        Extra?["retentionPolicy"]?["retentionPeriod"]?.ToString() is string text && long.TryParse(text, out long seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    internal bool IsRetentionLocked => Extra?["retentionPolicy"]?["isLocked"]?.ToString() == "true";

    internal bool HasDefaultHold => Extra?["defaultEventBasedHold"]?.ToString() == "true";

    internal bool IsHierarchical => Extra?["hierarchicalNamespace"]?["enabled"]?.ToString() == "true";

    internal bool PaysTheRequester => Extra?["billing"]?["requesterPays"]?.ToString() == "true";

    internal string? DefaultKmsKeyName => Extra?["encryption"]?["defaultKmsKeyName"]?.ToString();
}
