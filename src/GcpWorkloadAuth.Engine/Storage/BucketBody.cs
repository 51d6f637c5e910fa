using System;
using System.Collections.Generic;
using System.Linq;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>
/// Settings as the API's resource: of a patch, where null takes a member away, or of a new bucket, where there is nothing to take.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/buckets#resource.
/// </summary>
internal static class BucketBody
{
    /// <summary>A new bucket.</summary>
    public static Dictionary<string, object?> Of(NewBucket bucket)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal) { ["name"] = bucket.Name };
        if (bucket.Location is not null)
        {
            body["location"] = bucket.Location;
        }

        if (bucket.Placement is not null)
        {
            body["customPlacementConfig"] = Map("dataLocations", bucket.Placement);
        }

        if (bucket.HierarchicalNamespace is { } hierarchical)
        {
            body["hierarchicalNamespace"] = Map("enabled", hierarchical);
        }

        foreach (KeyValuePair<string, object?> member in Patch(bucket.Settings, NoLabels.Instance))
        {
            if (WithoutNulls(member.Value) is { } value)
            {
                body[member.Key] = value;
            }
        }

        return body;
    }

    /// <summary>What the settings name, and nothing else.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="labels">The labels that the bucket has.</param>
    public static Dictionary<string, object?> Patch(BucketSettings settings, IReadOnlyDictionary<string, string> labels)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal);
        Put(body, "storageClass", settings.StorageClass);
        Put(body, "rpo", settings.Rpo);
        Put(body, "defaultEventBasedHold", settings.DefaultEventBasedHold);
        PutMember(body, "versioning", "enabled", settings.Versioning);
        PutMember(body, "billing", "requesterPays", settings.RequesterPays);
        PutSeconds(body, "softDeletePolicy", "retentionDurationSeconds", settings.SoftDeleteRetention, isZeroAValue: true);
        PutSeconds(body, "retentionPolicy", "retentionPeriod", settings.RetentionPeriod, isZeroAValue: false);
        if (settings.UniformBucketLevelAccess is { } uniform)
        {
            PutMember(body, "iamConfiguration", "uniformBucketLevelAccess", Map("enabled", uniform));
        }

        PutMember(body, "iamConfiguration", "publicAccessPrevention", settings.PublicAccessPrevention);
        PutMember(body, "autoclass", "enabled", settings.Autoclass ?? (settings.AutoclassTerminalStorageClass is null ? null : true));
        PutMember(body, "autoclass", "terminalStorageClass", settings.AutoclassTerminalStorageClass);
        PutText(body, "website", "mainPageSuffix", settings.MainPageSuffix);
        PutText(body, "website", "notFoundPage", settings.NotFoundPage);
        PutText(body, "logging", "logObjectPrefix", settings.LogObjectPrefix);
        PutText(body, "encryption", "defaultKmsKeyName", settings.DefaultKmsKeyName);
        if (settings.LogBucket is { Length: 0 })
        {
            // A prefix without a bucket means nothing.
            body["logging"] = null;
        }
        else
        {
            PutMember(body, "logging", "logBucket", settings.LogBucket);
        }

        if (settings.LifecycleRules is { } rules)
        {
            body["lifecycle"] = Map("rule", rules.Select(LifecycleReader.Write).ToArray());
        }

        if (settings.CorsRules is { } cors)
        {
            body["cors"] = cors.Select(CorsReader.Write).ToArray();
        }

        if (Labels(settings, labels) is { Count: > 0 } changed)
        {
            body["labels"] = changed;
        }

        return body;
    }

    private static Dictionary<string, object?> Labels(BucketSettings settings, IReadOnlyDictionary<string, string> current)
    {
        Dictionary<string, object?> changed = new(StringComparer.Ordinal);
        IEnumerable<string> gone = settings.RemoveLabels ?? (settings.Labels is null ? [] : current.Keys);
        foreach (string key in gone)
        {
            changed[key] = null;
        }

        foreach (KeyValuePair<string, string> label in settings.Labels ?? settings.AddLabels ?? NoLabels.Instance)
        {
            changed[label.Key] = label.Value;
        }

        return changed;
    }

    private static void Put(Dictionary<string, object?> body, string name, object? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }

    private static void PutMember(Dictionary<string, object?> body, string part, string name, object? value)
    {
        if (value is not null)
        {
            Part(body, part)[name] = value;
        }
    }

    // Empty takes it away.
    private static void PutText(Dictionary<string, object?> body, string part, string name, string? value)
    {
        if (value is not null)
        {
            Part(body, part)[name] = value.Length == 0 ? null : value;
        }
    }

    // 64-bit numbers travel as text.
    private static void PutSeconds(Dictionary<string, object?> body, string part, string name, TimeSpan? value, bool isZeroAValue)
    {
        if (value is { } time)
        {
            string seconds = ((long)time.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            body[part] = time == TimeSpan.Zero && !isZeroAValue ? null : Map(name, seconds);
        }
    }

    private static Dictionary<string, object?> Part(Dictionary<string, object?> body, string part)
    {
        if (body.TryGetValue(part, out object? there) && there is Dictionary<string, object?> map)
        {
            return map;
        }

        Dictionary<string, object?> made = new(StringComparer.Ordinal);
        body[part] = made;
        return made;
    }

    private static Dictionary<string, object?> Map(string name, object? value) => new(StringComparer.Ordinal) { [name] = value };

    private static object? WithoutNulls(object? value)
    {
        if (value is not Dictionary<string, object?> map)
        {
            return value;
        }

        Dictionary<string, object?> kept = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in map)
        {
            if (WithoutNulls(member.Value) is { } inner)
            {
                kept[member.Key] = inner;
            }
        }

        return kept.Count == 0 ? null : kept;
    }
}
