using System;
using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth;

/// <summary>
/// What a bucket does by itself to objects that meet all conditions of the rule. Source:
/// https://cloud.google.com/storage/docs/json_api/v1/buckets#lifecycle.
/// </summary>
public sealed class GcsLifecycleRule
{
    /// <summary>Delete, SetStorageClass or AbortIncompleteMultipartUpload.</summary>
    public string Action { get; internal set; } = string.Empty;

    /// <summary>The class that SetStorageClass moves to.</summary>
    public string? StorageClass { get; internal set; }

    /// <summary>Days since the object, or the upload, was created.</summary>
    public int? Age { get; internal set; }

    /// <summary>Created before midnight UTC of this day.</summary>
    public DateTime? CreatedBefore { get; internal set; }

    /// <summary>Its custom time lies before midnight UTC of this day.</summary>
    public DateTime? CustomTimeBefore { get; internal set; }

    /// <summary>Became noncurrent before midnight UTC of this day.</summary>
    public DateTime? NoncurrentTimeBefore { get; internal set; }

    /// <summary>Days since the custom time.</summary>
    public int? DaysSinceCustomTime { get; internal set; }

    /// <summary>Days since it became noncurrent.</summary>
    public int? DaysSinceNoncurrentTime { get; internal set; }

    /// <summary>True for live objects only, false for noncurrent ones only, null for both.</summary>
    public bool? IsLive { get; internal set; }

    /// <summary>Its name begins with one of these.</summary>
    public IReadOnlyList<string> MatchesPrefix { get; internal set; } = Array.Empty<string>();

    /// <summary>Its name ends with one of these.</summary>
    public IReadOnlyList<string> MatchesSuffix { get; internal set; } = Array.Empty<string>();

    /// <summary>It is of one of these storage classes.</summary>
    public IReadOnlyList<string> MatchesStorageClass { get; internal set; } = Array.Empty<string>();

    /// <summary>At least so many newer versions of it exist.</summary>
    public int? NumNewerVersions { get; internal set; }

    /// <summary>
    /// Conditions that this version of the module does not know, as the server sent them. They go along where the rule is given to a bucket:
    /// without them it would take hold of more.
    /// </summary>
    public IReadOnlyDictionary<string, object?> OtherConditions { get; internal set; } = NoConditions.Instance;

    /// <summary>The rule in words.</summary>
    public override string ToString()
    {
        List<string> conditions = new();
        Add(conditions, "Age", Age);
        Add(conditions, "CreatedBefore", Day(CreatedBefore));
        Add(conditions, "CustomTimeBefore", Day(CustomTimeBefore));
        Add(conditions, "DaysSinceCustomTime", DaysSinceCustomTime);
        Add(conditions, "DaysSinceNoncurrentTime", DaysSinceNoncurrentTime);
        Add(conditions, "IsLive", IsLive);
        Add(conditions, "MatchesPrefix", Joined(MatchesPrefix));
        Add(conditions, "MatchesStorageClass", Joined(MatchesStorageClass));
        Add(conditions, "MatchesSuffix", Joined(MatchesSuffix));
        Add(conditions, "NoncurrentTimeBefore", Day(NoncurrentTimeBefore));
        Add(conditions, "NumNewerVersions", NumNewerVersions);
        foreach (string other in OtherConditions.Keys)
        {
            conditions.Add(other + " ...");
        }

        string action = StorageClass is null ? Action : Action + " " + StorageClass;
        return conditions.Count == 0 ? action : action + ": " + string.Join(", ", conditions);
    }

    internal static string? Day(DateTime? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Joined(IReadOnlyList<string> list) => list.Count == 0 ? null : string.Join("|", list);

    private static void Add(List<string> conditions, string name, object? value)
    {
        if (value is not null)
        {
            conditions.Add(name + " " + Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }

    private static class NoConditions
    {
        public static readonly IReadOnlyDictionary<string, object?> Instance = new Dictionary<string, object?>(0);
    }
}
