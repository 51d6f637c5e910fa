using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Turns what a script builds (hashtables, objects, lists) into the plain values that the engine writes as JSON. Times and durations
/// are written as Google's APIs read them. Source: https://protobuf.dev/programming-guides/json/.
/// </summary>
internal static class JsonValues
{
    private const int MaxDepth = 60;

    /// <param name="value">The value.</param>
    /// <param name="name">How the user calls it; the failures name the place below it.</param>
    /// <exception cref="GcpException">Something in it cannot, or must not, be written.</exception>
    public static object? From(object? value, string name) => From(value, name, 0);

    /// <summary>RFC 3339 in UTC. A time of no kind is local, as PowerShell takes it.</summary>
    public static string TimeOf(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds with an "s", "3.5s".</summary>
    public static string DurationOf(TimeSpan duration) =>
        ((decimal)duration.Ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture) + "s";

    private static object? From(object? value, string where, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Errors.RestBodyTooDeep(where.Substring(0, Math.Min(where.Length, 60)), MaxDepth);
        }

        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null or string or bool or sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double or float:
                return plain;
            case SwitchParameter flag:
                return flag.IsPresent;
            case char c:
                return c.ToString();
            case DateTime time:
                return TimeOf(time);
            case DateTimeOffset time:
                return TimeOf(time.UtcDateTime);
            case TimeSpan duration:
                return DurationOf(duration);
            case Guid or Enum or Version:
                return plain.ToString();
            case Uri uri:
                return uri.OriginalString;
            case byte[] bytes:
                return Convert.ToBase64String(bytes);
            case SecureString or PSCredential:
                throw Errors.RestBodySecret(where);
            case IDictionary map:
                return FromMap(map, where, depth);
            case PSObject custom:
                return FromProperties(custom, where, depth);
            case IEnumerable list:
                return FromList(list, where, depth);
            default:
                throw Errors.RestBodyTypeInvalid(where, plain.GetType().FullName ?? plain.GetType().Name);
        }
    }

    private static Dictionary<string, object?> FromMap(IDictionary map, string where, int depth)
    {
        Dictionary<string, object?> result = new(map.Count, StringComparer.Ordinal);
        foreach (DictionaryEntry entry in map)
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            result[key] = From(entry.Value, where + "." + key, depth + 1);
        }

        return result;
    }

    private static Dictionary<string, object?> FromProperties(PSObject custom, string where, int depth)
    {
        Dictionary<string, object?> result = new(StringComparer.Ordinal);
        foreach (PSPropertyInfo property in custom.Properties)
        {
            if (property.IsGettable)
            {
                result[property.Name] = From(property.Value, where + "." + property.Name, depth + 1);
            }
        }

        return result;
    }

    private static List<object?> FromList(IEnumerable list, string where, int depth)
    {
        List<object?> result = new();
        foreach (object? item in list)
        {
            string index = result.Count.ToString(CultureInfo.InvariantCulture);
            result.Add(From(item, where + "[" + index + "]", depth + 1));
        }

        return result;
    }
}
