using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>
/// Reads and writes lifecycle rules. A condition that cannot be read is kept as it came: a rule that lost one would take hold of more.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/buckets#lifecycle.
/// </summary>
internal static class LifecycleReader
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>The rules of a bucket's "rule" list.</summary>
    public static IReadOnlyList<GcsLifecycleRule> ReadRules(ref JsonCursor json)
    {
        List<GcsLifecycleRule> rules = [];
        if (json.BeginArray())
        {
            while (json.NextElement())
            {
                rules.Add(ReadRule(ref json));
            }
        }

        return rules.Count == 0 ? [] : rules.ToArray();
    }

    /// <summary>A rule as the API has it.</summary>
    public static Dictionary<string, object?> Write(GcsLifecycleRule rule)
    {
        Dictionary<string, object?> action = new(StringComparer.Ordinal) { ["type"] = rule.Action };
        if (rule.StorageClass is not null)
        {
            action["storageClass"] = rule.StorageClass;
        }

        Dictionary<string, object?> condition = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> other in rule.OtherConditions)
        {
            condition[other.Key] = other.Value;
        }

        Put(condition, "age", rule.Age);
        Put(condition, "createdBefore", GcsLifecycleRule.Day(rule.CreatedBefore));
        Put(condition, "customTimeBefore", GcsLifecycleRule.Day(rule.CustomTimeBefore));
        Put(condition, "noncurrentTimeBefore", GcsLifecycleRule.Day(rule.NoncurrentTimeBefore));
        Put(condition, "daysSinceCustomTime", rule.DaysSinceCustomTime);
        Put(condition, "daysSinceNoncurrentTime", rule.DaysSinceNoncurrentTime);
        Put(condition, "isLive", rule.IsLive);
        Put(condition, "matchesPrefix", ListOrNull(rule.MatchesPrefix));
        Put(condition, "matchesSuffix", ListOrNull(rule.MatchesSuffix));
        Put(condition, "matchesStorageClass", ListOrNull(rule.MatchesStorageClass));
        Put(condition, "numNewerVersions", rule.NumNewerVersions);
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["action"] = action, ["condition"] = condition };
    }

    private static GcsLifecycleRule ReadRule(ref JsonCursor json)
    {
        GcsLifecycleRule rule = new();
        if (!json.BeginObject())
        {
            return rule;
        }

        while (json.NextProperty(out string name))
        {
            if (name is not ("action" or "condition"))
            {
                json.Skip();
            }
            else if (json.BeginObject())
            {
                if (name == "action")
                {
                    ReadAction(ref json, rule);
                }
                else
                {
                    ReadConditions(ref json, rule);
                }
            }
        }

        return rule;
    }

    private static void ReadAction(ref JsonCursor json, GcsLifecycleRule rule)
    {
        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "type":
                    rule.Action = json.SharedString() ?? string.Empty;
                    break;
                case "storageClass":
                    rule.StorageClass = json.SharedString();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    private static void ReadConditions(ref JsonCursor json, GcsLifecycleRule rule)
    {
        Dictionary<string, object?>? others = null;
        while (json.NextProperty(out string name))
        {
            object? value = json.Value();
            if (value is not null && !Take(rule, name, value))
            {
                (others ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
            }
        }

        if (others is not null)
        {
            rule.OtherConditions = others;
        }
    }

    // False where it is none that is known, or not of the kind that is known.
    private static bool Take(GcsLifecycleRule rule, string name, object value)
    {
        switch (name)
        {
            case "age" when Number(value) is { } age:
                rule.Age = age;
                return true;
            case "daysSinceCustomTime" when Number(value) is { } days:
                rule.DaysSinceCustomTime = days;
                return true;
            case "daysSinceNoncurrentTime" when Number(value) is { } days:
                rule.DaysSinceNoncurrentTime = days;
                return true;
            case "numNewerVersions" when Number(value) is { } count:
                rule.NumNewerVersions = count;
                return true;
            case "createdBefore" when Date(value) is { } day:
                rule.CreatedBefore = day;
                return true;
            case "customTimeBefore" when Date(value) is { } day:
                rule.CustomTimeBefore = day;
                return true;
            case "noncurrentTimeBefore" when Date(value) is { } day:
                rule.NoncurrentTimeBefore = day;
                return true;
            case "isLive" when value is bool live:
                rule.IsLive = live;
                return true;
            case "matchesPrefix" when Texts(value) is { } texts:
                rule.MatchesPrefix = texts;
                return true;
            case "matchesSuffix" when Texts(value) is { } texts:
                rule.MatchesSuffix = texts;
                return true;
            case "matchesStorageClass" when Texts(value) is { } texts:
                rule.MatchesStorageClass = texts;
                return true;
            default:
                return false;
        }
    }

    private static int? Number(object value) => value switch
    {
        long number and >= 0 and <= int.MaxValue => (int)number,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => number,
        _ => null,
    };

    private static DateTime? Date(object value) =>
        value is string text && DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? day : null;

    private static string[]? Texts(object value) =>
        value is List<object?> list && list.TrueForAll(static i => i is string) ? list.ConvertAll(static i => (string)i!).ToArray() : null;

    private static IReadOnlyList<string>? ListOrNull(IReadOnlyList<string> list) => list.Count == 0 ? null : list;

    private static void Put(Dictionary<string, object?> condition, string name, object? value)
    {
        if (value is not null)
        {
            condition[name] = value;
        }
    }
}
