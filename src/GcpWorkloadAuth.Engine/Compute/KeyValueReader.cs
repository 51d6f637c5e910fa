using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>Reads custom metadata, of instances, templates and projects: {"items":[{"key":...,"value":...}],"fingerprint":...}.</summary>
internal static class KeyValueReader
{
    /// <summary>The members that <see cref="Read"/> uses.</summary>
    public const string Fields = "(items,fingerprint)";

    /// <summary>The values by their keys, and what changes with them.</summary>
    public static (IReadOnlyDictionary<string, string> Values, string? Fingerprint) Read(ref JsonCursor json)
    {
        IReadOnlyDictionary<string, string> values = NoLabels.Instance;
        string? fingerprint = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "items":
                        values = ReadPairs(ref json, "key", "value");
                        break;
                    case "fingerprint":
                        fingerprint = json.String();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        return (values, fingerprint);
    }

    /// <summary>An array of objects, each a key and a value under these names.</summary>
    public static IReadOnlyDictionary<string, string> ReadPairs(ref JsonCursor json, string keyName, string valueName)
    {
        if (!json.BeginArray())
        {
            return NoLabels.Instance;
        }

        Dictionary<string, string>? map = null;
        while (json.NextElement())
        {
            string key = string.Empty;
            string value = string.Empty;
            if (json.BeginObject())
            {
                while (json.NextProperty(out string name))
                {
                    if (name == keyName)
                    {
                        key = json.SharedString() ?? string.Empty;
                    }
                    else if (name == valueName)
                    {
                        value = json.SharedString() ?? string.Empty;
                    }
                    else
                    {
                        json.Skip();
                    }
                }
            }

            (map ??= new Dictionary<string, string>(StringComparer.Ordinal))[key] = value;
        }

        return map ?? NoLabels.Instance;
    }
}
