using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Turns the engine's plain JSON values into what PowerShell works with.</summary>
internal static class MetadataValues
{
    /// <summary>Objects with a property a key. Keys that differ only in case cannot both be properties: the first wins.</summary>
    public static object? ToObject(object? value, Action<string> onDuplicate)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                PSObject result = new();
                foreach (KeyValuePair<string, object?> entry in map)
                {
                    if (result.Properties[entry.Key] is not null)
                    {
                        onDuplicate(entry.Key);
                        continue;
                    }

                    result.Properties.Add(new PSNoteProperty(entry.Key, ToObject(entry.Value, onDuplicate)));
                }

                return result;
            case List<object?> list:
                return list.ConvertAll(item => ToObject(item, onDuplicate)).ToArray();
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
