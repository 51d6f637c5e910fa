using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Adds to, takes from or replaces a map of strings.</summary>
internal static class MapEdit
{
    /// <summary>What the map becomes; null where it is that already.</summary>
    public static IReadOnlyDictionary<string, string>? Apply(
        IReadOnlyDictionary<string, string> now, IDictionary? value, IDictionary? add, IReadOnlyList<string>? remove)
    {
        Dictionary<string, string> result = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in now)
        {
            if (value is null)
            {
                result[entry.Key] = entry.Value;
            }
        }

        foreach (string key in remove ?? Array.Empty<string>())
        {
            result.Remove(key);
        }

        foreach (KeyValuePair<string, string> entry in Strings(value ?? add))
        {
            result[entry.Key] = entry.Value;
        }

        return IsSame(now, result) ? null : result;
    }

    /// <summary>The entries as strings.</summary>
    public static Dictionary<string, string> Strings(IDictionary? entries)
    {
        Dictionary<string, string> result = new(StringComparer.Ordinal);
        if (entries is not null)
        {
            foreach (DictionaryEntry entry in entries)
            {
                result[Text(entry.Key)] = Text(entry.Value);
            }
        }

        return result;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static bool IsSame(IReadOnlyDictionary<string, string> left, Dictionary<string, string> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (KeyValuePair<string, string> entry in left)
        {
            if (!right.TryGetValue(entry.Key, out string value) || value != entry.Value)
            {
                return false;
            }
        }

        return true;
    }
}
