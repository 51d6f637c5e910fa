using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Hashtables as users write them, as maps of text.</summary>
internal static class StringMaps
{
    /// <summary>Keys and values as text, numbers as PowerShell's language writes them; null stays null.</summary>
    public static IReadOnlyDictionary<string, string>? From(IDictionary? map)
    {
        if (map is null)
        {
            return null;
        }

        Dictionary<string, string> result = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in map)
        {
            result[Text(entry.Key)] = Text(entry.Value);
        }

        return result;
    }

    private static string Text(object? value)
    {
        object? bare = value is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : value;
        return bare is DateTime time ? JsonValues.TimeOf(time) : Convert.ToString(bare, CultureInfo.InvariantCulture) ?? string.Empty;
    }
}
