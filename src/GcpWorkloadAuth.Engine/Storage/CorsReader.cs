using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>Reads and writes the rules for calls from web pages. Source: https://cloud.google.com/storage/docs/json_api/v1/buckets#cors.</summary>
internal static class CorsReader
{
    public static IReadOnlyList<GcsCorsRule> ReadRules(ref JsonCursor json)
    {
        List<GcsCorsRule> rules = [];
        if (json.BeginArray())
        {
            while (json.NextElement())
            {
                rules.Add(ReadRule(ref json));
            }
        }

        return rules.Count == 0 ? [] : rules.ToArray();
    }

    public static Dictionary<string, object?> Write(GcsCorsRule rule)
    {
        Dictionary<string, object?> text = new(StringComparer.Ordinal) { ["origin"] = rule.Origin, ["method"] = rule.Method };
        if (rule.ResponseHeader.Count > 0)
        {
            text["responseHeader"] = rule.ResponseHeader;
        }

        if (rule.MaxAgeSeconds is { } seconds)
        {
            text["maxAgeSeconds"] = seconds;
        }

        return text;
    }

    private static GcsCorsRule ReadRule(ref JsonCursor json)
    {
        GcsCorsRule rule = new();
        if (!json.BeginObject())
        {
            return rule;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "origin":
                    rule.Origin = JsonLists.Strings(ref json);
                    break;
                case "method":
                    rule.Method = JsonLists.Strings(ref json);
                    break;
                case "responseHeader":
                    rule.ResponseHeader = JsonLists.Strings(ref json);
                    break;
                case "maxAgeSeconds":
                    rule.MaxAgeSeconds = json.Int64() is { } seconds and >= 0 and <= int.MaxValue ? (int)seconds : null;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return rule;
    }
}
