using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Iam;

/// <summary>
/// Reads and writes IAM policies, of whatever resource. What is not known here (auditConfigs) is written back as it was read.
/// Source: https://cloud.google.com/iam/docs/reference/rest/v1/Policy.
/// </summary>
internal static class IamPolicies
{
    /// <summary>What is asked for and written: below it conditions are lost.</summary>
    public const int Version = 3;

    /// <summary>The same as text.</summary>
    public const string VersionText = "3";

    /// <summary>A policy.</summary>
    public static GcpIamPolicy Read(ref JsonCursor json, string resource)
    {
        if (json.Value() is not Dictionary<string, object?> map)
        {
            throw JsonText.NotAsExpected("a policy that is no object");
        }

        List<GcpIamBinding> bindings = [];
        foreach (object? item in Member(map, "bindings") as List<object?> ?? [])
        {
            if (item is Dictionary<string, object?> binding)
            {
                bindings.Add(ReadBinding(binding, resource));
            }
        }

        return new GcpIamPolicy
        {
            Resource = resource,
            Version = Member(map, "version") is { } version ? Convert.ToInt32(version, CultureInfo.InvariantCulture) : 0,
            ETag = Member(map, "etag") as string,
            Bindings = bindings.ToArray(),
            Source = map,
        };
    }

    /// <summary>The policy as it is sent, with the etag it was read with.</summary>
    public static Dictionary<string, object?> Write(GcpIamPolicy policy)
    {
        Dictionary<string, object?> map = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in policy.Source ?? new Dictionary<string, object?>(0))
        {
            map[member.Key] = member.Value;
        }

        List<object?> bindings = [];
        foreach (GcpIamBinding binding in policy.Bindings)
        {
            bindings.Add(WriteBinding(binding));
        }

        map["bindings"] = bindings;
        map["version"] = Version;
        if (policy.ETag is not null)
        {
            map["etag"] = policy.ETag;
        }

        return map;
    }

    private static GcpIamBinding ReadBinding(Dictionary<string, object?> map, string resource)
    {
        List<string> members = [];
        foreach (object? member in Member(map, "members") as List<object?> ?? [])
        {
            if (member is string text)
            {
                members.Add(text);
            }
        }

        return new GcpIamBinding
        {
            Resource = resource,
            Role = Member(map, "role") as string ?? string.Empty,
            Members = members.ToArray(),
            Condition = Member(map, "condition") is Dictionary<string, object?> condition
                ? new GcpIamCondition
                {
                    Title = Member(condition, "title") as string ?? string.Empty,
                    Expression = Member(condition, "expression") as string ?? string.Empty,
                    Description = Member(condition, "description") as string,
                }
                : null,
        };
    }

    private static Dictionary<string, object?> WriteBinding(GcpIamBinding binding)
    {
        Dictionary<string, object?> map = new(StringComparer.Ordinal) { ["role"] = binding.Role, ["members"] = binding.Members };
        if (binding.Condition is { } condition)
        {
            Dictionary<string, object?> text = new(StringComparer.Ordinal) { ["title"] = condition.Title, ["expression"] = condition.Expression };
            if (condition.Description is not null)
            {
                text["description"] = condition.Description;
            }

            map["condition"] = text;
        }

        return map;
    }

    private static object? Member(Dictionary<string, object?> map, string name) => map.TryGetValue(name, out object? value) ? value : null;
}
