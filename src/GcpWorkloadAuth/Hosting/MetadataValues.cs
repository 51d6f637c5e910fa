using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Turns the engine's plain JSON values into what PowerShell works with.</summary>
internal static class MetadataValues
{
    // PowerShell keeps these for itself: no property may bear them.
    private static readonly string[] s_reserved = { "psadapted", "psbase", "psextended", "psobject", "pstypenames" };

    /// <summary>Objects with a property a key. Keys that differ only in case cannot both be properties: the first wins.</summary>
    /// <param name="value">The JSON value.</param>
    /// <param name="onLeftOut">Told a warning's id and the key that became no property.</param>
    public static object? ToObject(object? value, Action<string, string> onLeftOut)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                PSObject result = new();
                foreach (KeyValuePair<string, object?> entry in map)
                {
                    if (entry.Key.Length == 0
                        || Array.Exists(s_reserved, name => string.Equals(name, entry.Key, StringComparison.OrdinalIgnoreCase)))
                    {
                        onLeftOut(nameof(Strings.WarnReservedKey), entry.Key);
                    }
                    else if (result.Properties[entry.Key] is not null)
                    {
                        onLeftOut(nameof(Strings.WarnDuplicateKeys), entry.Key);
                    }
                    else
                    {
                        result.Properties.Add(new PSNoteProperty(entry.Key, ToObject(entry.Value, onLeftOut)));
                    }
                }

                return result;
            case List<object?> list:
                return list.ConvertAll(item => ToObject(item, onLeftOut)).ToArray();
            default:
                return value;
        }
    }

    /// <summary>Hashtables with case-sensitive keys.</summary>
    public static object? ToHashtable(object? value)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                Hashtable result = new(StringComparer.Ordinal);
                foreach (KeyValuePair<string, object?> entry in map)
                {
                    result[entry.Key] = ToHashtable(entry.Value);
                }

                return result;
            case List<object?> list:
                return list.ConvertAll(ToHashtable).ToArray();
            default:
                return value;
        }
    }
}
