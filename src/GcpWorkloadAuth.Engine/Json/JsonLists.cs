using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>Arrays and maps of strings.</summary>
internal static class JsonLists
{
    /// <summary>The strings of an array, recurring ones shared; empty where the value is none.</summary>
    public static IReadOnlyList<string> Strings(ref JsonCursor json)
    {
        if (!json.BeginArray())
        {
            return [];
        }

        List<string>? list = null;
        while (json.NextElement())
        {
            if (json.SharedString() is { } text)
            {
                (list ??= []).Add(text);
            }
        }

        return list is null ? [] : list.ToArray();
    }

    /// <summary>An object of strings; the shared empty one where the value is none.</summary>
    public static IReadOnlyDictionary<string, string> Map(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return NoLabels.Instance;
        }

        Dictionary<string, string>? map = null;
        while (json.NextProperty(out string key))
        {
            (map ??= new Dictionary<string, string>(StringComparer.Ordinal))[key] = json.SharedString() ?? string.Empty;
        }

        return map ?? NoLabels.Instance;
    }

    /// <summary>The mapped elements of an array; empty where the value is none.</summary>
    public static T[] Of<T>(ref JsonCursor json, JsonMapper<T> read)
    {
        if (!json.BeginArray())
        {
            return [];
        }

        List<T>? list = null;
        while (json.NextElement())
        {
            (list ??= new List<T>(1)).Add(read(ref json));
        }

        return list is null ? [] : list.ToArray();
    }
}
