using System;
using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Transformations;

/// <summary>
/// Takes lifecycle rules: those of a bucket, live or deserialized; hashtables @{ Action = 'Delete'; Age = 30 }; and the form of the
/// API and of gcloud's files, { rule: [ { action: { type }, condition: { age } } ] }. A name that is no condition is refused: a
/// condition misspelt would make a rule that takes hold of more.
/// </summary>
internal sealed class LifecycleRuleAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_names =
    {
        "Age", "CreatedBefore", "CustomTimeBefore", "DaysSinceCustomTime", "DaysSinceNoncurrentTime", "IsLive", "MatchesPrefix",
        "MatchesStorageClass", "MatchesSuffix", "NoncurrentTimeBefore", "NumNewerVersions",
    };

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            List<GcsLifecycleRule> rules = new();
            Add(rules, inputData, 0);
            return rules.ToArray();
        }
        catch (GcpException failure)
        {
            throw new ArgumentTransformationMetadataException(failure.Message + " " + failure.Advice, failure);
        }
    }

    /// <summary>Refuses a rule without action or without condition.</summary>
    internal static GcsLifecycleRule Check(GcsLifecycleRule rule)
    {
        if (rule.Action.Length == 0)
        {
            throw Errors.LifecycleRuleInvalid("it has no Action");
        }

        if (rule.Action.Equals("SetStorageClass", StringComparison.OrdinalIgnoreCase) != (rule.StorageClass is not null))
        {
            throw Errors.LifecycleRuleInvalid("StorageClass goes with the action SetStorageClass, and with no other");
        }

        bool hasCondition = rule.Age is not null || rule.CreatedBefore is not null || rule.CustomTimeBefore is not null
            || rule.NoncurrentTimeBefore is not null || rule.DaysSinceCustomTime is not null || rule.DaysSinceNoncurrentTime is not null
            || rule.IsLive is not null || rule.MatchesPrefix.Count > 0 || rule.MatchesSuffix.Count > 0 || rule.MatchesStorageClass.Count > 0
            || rule.NumNewerVersions is not null || rule.OtherConditions.Count > 0;
        return hasCondition ? rule : throw Errors.LifecycleRuleInvalid("it has no condition, and would take hold of everything");
    }

    private static void Add(List<GcsLifecycleRule> rules, object? value, int depth)
    {
        foreach (object? item in LooseMap.Items(value))
        {
            if ((item is PSObject wrapped ? wrapped.BaseObject : item) is GcsLifecycleRule known)
            {
                rules.Add(known);
                continue;
            }

            LooseMap map = LooseMap.Of(item, Refuse) ?? throw Errors.LifecycleRuleInvalid("it is a " + item?.GetType().Name);
            object? inner = map.Take("lifecycle") ?? map.Take("rule");
            if (inner is not null && depth < 2)
            {
                Add(rules, inner, depth + 1);
            }
            else
            {
                rules.Add(Check(Read(map)));
            }
        }
    }

    private static GcsLifecycleRule Read(LooseMap map)
    {
        GcsLifecycleRule rule = new();
        LooseMap conditions = map;
        object? action = map.Take("Action");
        if (action is string name)
        {
            rule.Action = name;
            rule.StorageClass = map.Text("StorageClass");
        }
        else if (LooseMap.Of(action, Refuse) is { } nested)
        {
            rule.Action = nested.Text("type") ?? string.Empty;
            rule.StorageClass = nested.Text("storageClass");
            conditions = LooseMap.Of(map.Take("condition"), Refuse) ?? map;
        }

        rule.Age = conditions.Number(s_names[0]);
        rule.CreatedBefore = conditions.Day(s_names[1]);
        rule.CustomTimeBefore = conditions.Day(s_names[2]);
        rule.DaysSinceCustomTime = conditions.Number(s_names[3]);
        rule.DaysSinceNoncurrentTime = conditions.Number(s_names[4]);
        rule.IsLive = conditions.Flag(s_names[5]);
        rule.MatchesPrefix = conditions.Texts(s_names[6]);
        rule.MatchesStorageClass = conditions.Texts(s_names[7]);
        rule.MatchesSuffix = conditions.Texts(s_names[8]);
        rule.NoncurrentTimeBefore = conditions.Day(s_names[9]);
        rule.NumNewerVersions = conditions.Number(s_names[10]);
        if (conditions.Take("OtherConditions") is { } others && JsonValues.From(others, "OtherConditions") is IReadOnlyDictionary<string, object?> known)
        {
            rule.OtherConditions = known;
        }

        RefuseUnused(conditions);
        RefuseUnused(map);
        return rule;
    }

    private static void RefuseUnused(LooseMap map)
    {
        foreach (string name in map.Unused)
        {
            throw Errors.LifecycleRuleInvalid("'" + name + "' is none of Action, StorageClass, " + string.Join(", ", s_names));
        }
    }

    private static GcpException Refuse(string name) => Errors.LifecycleRuleInvalid("the value of " + name + " is not of its kind");
}
