using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Reads parts that several kinds of resources have.</summary>
internal static class ResourceParts
{
    /// <summary>deprecated/state: DEPRECATED, OBSOLETE or DELETED; a state of ACTIVE is none.</summary>
    public static string? ReadDeprecation(ref JsonCursor json) => ReadMember(ref json, "state") is { } state and not "ACTIVE" ? state : null;

    /// <summary>{ kmsKeyName: ... }: the key without the version that was used.</summary>
    public static string? ReadKey(ref JsonCursor json)
    {
        string? key = ReadMember(ref json, "kmsKeyName");
        int version = key?.IndexOf("/cryptoKeyVersions/", System.StringComparison.Ordinal) ?? -1;
        return version < 0 ? key : key!.Substring(0, version);
    }

    /// <summary>{ MEMBER: ... }, or null.</summary>
    public static string? ReadMember(ref JsonCursor json, string member)
    {
        string? value = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                if (name == member)
                {
                    value = json.SharedString();
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return value;
    }

    /// <summary>[{ MEMBER: ... }, ...]</summary>
    public static IReadOnlyList<string> ReadMembers(ref JsonCursor json, string member)
    {
        if (!json.BeginArray())
        {
            return [];
        }

        List<string> values = [];
        while (json.NextElement())
        {
            if (ReadMember(ref json, member) is { } value)
            {
                values.Add(value);
            }
        }

        return values.ToArray();
    }

    /// <summary>What every whole resource must have.</summary>
    public static string ProjectOf(string name, string? selfLink) =>
        name.Length > 0 ? Names.ProjectOf(selfLink) ?? string.Empty : throw JsonText.NotAsExpected("a resource without a name");
}
