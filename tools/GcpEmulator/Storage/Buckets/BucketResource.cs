using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>Turns the JSON of a bucket into a bucket, and completes what the server makes (discovery document, schema Bucket).</summary>
internal static class BucketResource
{
    /// <summary>Members that are kept as they were sent.</summary>
    private static readonly string[] Generic =
    [
        "autoclass", "billing", "cors", "customPlacementConfig", "defaultEventBasedHold", "encryption", "hierarchicalNamespace", "ipFilter",
        "lifecycle", "logging", "objectRetention", "retentionPolicy", "rpo", "website", "acl", "defaultObjectAcl",
    ];

    /// <summary>The settable part of a bucket's JSON, onto a bucket.</summary>
    public static EmulatedBucket Apply(EmulatedBucket current, JsonObject resource, DateTimeOffset now)
    {
        JsonObject extra = current.Extra?.DeepClone().AsObject() ?? [];
        foreach (string name in Generic)
        {
            extra.Remove(name);
            if (resource[name] is JsonNode value)
            {
                extra[name] = value.DeepClone();
            }
        }

        Complete(extra, current, now);
        JsonNode? access = resource["iamConfiguration"];
        long softDelete = Seconds(resource["softDeletePolicy"]?["retentionDurationSeconds"]) ?? 0;
        if (resource["softDeletePolicy"] is null)
        {
            softDelete = (long)current.SoftDelete.TotalSeconds;
        }

        // "Soft delete": 0, or 7 to 90 days. ASSUMED: the text.
        if (softDelete is not 0 and (< 7 * 86400 or > 90 * 86400))
        {
            throw StorageException.Invalid("Soft delete policies must have a retention duration of 0 or between 7 and 90 days.");
        }

        return current with
        {
            StorageClass = StorageClass(resource["storageClass"]?.ToString() ?? "STANDARD"),
            Labels = Labels(resource["labels"] as JsonObject),
            Versioning = resource["versioning"]?["enabled"] is JsonValue enabled ? enabled.ToString() == "true" : null,
            UniformAccess = (access?["uniformBucketLevelAccess"] ?? access?["bucketPolicyOnly"])?["enabled"]?.ToString() == "true",
            PublicAccessPrevention = access?["publicAccessPrevention"]?.ToString() ?? "inherited",
            SoftDeleteSeconds = softDelete,
            Extra = extra.Count == 0 ? null : extra,
        };
    }

    private static void Complete(JsonObject extra, EmulatedBucket current, DateTimeOffset now)
    {
        if (extra["retentionPolicy"] is JsonObject retention)
        {
            long period = Seconds(retention["retentionPeriod"]) ?? 0;
            if (period <= 0 || period > 3155760000) // discovery document: greater than 0 and less than 100 years
            {
                throw StorageException.Invalid("Retention period must be greater than 0 and at most 3155760000 seconds."); // ASSUMED: the text
            }

            if (current.IsRetentionLocked && (current.RetentionPeriod is not TimeSpan old || period < old.TotalSeconds))
            {
                throw CannotShorten(current.Name);
            }

            retention["retentionPeriod"] = period.ToString(CultureInfo.InvariantCulture);
            retention["effectiveTime"] ??= BucketJson.Time(now);
        }
        else if (current.IsRetentionLocked)
        {
            throw CannotShorten(current.Name);
        }

        if (extra["autoclass"] is JsonObject autoclass)
        {
            autoclass["toggleTime"] ??= BucketJson.Time(now);
            autoclass["terminalStorageClass"] ??= "NEARLINE";
            autoclass["terminalStorageClassUpdateTime"] ??= BucketJson.Time(now);
        }
    }

    // "Bucket Lock": a locked policy cannot be removed or shortened. ASSUMED: the text.
    private static StorageException CannotShorten(string name) => StorageException.Create(
        403, $"Cannot reduce retention duration of a locked Retention Policy for bucket '{name}'.", "forbidden");

    private static string StorageClass(string name) =>
        name.ToUpperInvariant() is "STANDARD" or "NEARLINE" or "COLDLINE" or "ARCHIVE" or "MULTI_REGIONAL" or "REGIONAL" or "DURABLE_REDUCED_AVAILABILITY"
            ? name.ToUpperInvariant()
            : throw StorageException.Invalid("Invalid storage class: " + name); // ASSUMED: the text

    /// <summary>"Bucket labels": at most 64, lower case; a key begins with a letter.</summary>
    private static ImmutableSortedDictionary<string, string> Labels(JsonObject? labels)
    {
        ImmutableSortedDictionary<string, string> result = ImmutableSortedDictionary<string, string>.Empty;
        foreach ((string key, JsonNode? value) in labels ?? [])
        {
            string text = value?.ToString() ?? string.Empty;
            bool isGood = key.Length is > 0 and <= 63 && text.Length <= 63 && char.IsLetter(key[0])
                && (key + text).All(c => char.IsLetterOrDigit(c) ? !char.IsUpper(c) : c is '-' or '_');
            if (!isGood)
            {
                throw StorageException.Invalid($"Invalid bucket label key or value: '{key}={text}'."); // ASSUMED: the text
            }

            result = result.Add(key, text);
        }

        return result.Count <= 64 ? result : throw StorageException.Invalid("A bucket can have at most 64 labels."); // ASSUMED: the text
    }

    private static long? Seconds(JsonNode? node) =>
        long.TryParse(node?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds : null;
}
