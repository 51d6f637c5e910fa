using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Reads the hashtables of -Query and -Headers.</summary>
internal static class RestArguments
{
    /// <summary>Names and values of query parameters; a list is the parameter several times, null leaves it out.</summary>
    public static List<KeyValuePair<string, string>> Query(IDictionary? query)
    {
        List<KeyValuePair<string, string>> result = new();
        foreach (DictionaryEntry entry in query ?? new Hashtable())
        {
            string name = NameOf(entry);
            object? value = Plain(entry.Value);
            if (value is IEnumerable many && value is not string and not IDictionary)
            {
                foreach (object? item in many)
                {
                    Add(name, Plain(item));
                }
            }
            else
            {
                Add(name, value);
            }
        }

        return result;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                result.Add(new KeyValuePair<string, string>(name, TextOf(name, value)));
            }
        }
    }

    /// <summary>Names and values of headers. A SecureString stays one until it is sent.</summary>
    public static List<KeyValuePair<string, object>> Headers(IDictionary? headers)
    {
        List<KeyValuePair<string, object>> result = new();
        foreach (DictionaryEntry entry in headers ?? new Hashtable())
        {
            object value = Plain(entry.Value) switch
            {
                SecureString secret => secret,
                object other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? string.Empty,
                null => string.Empty,
            };
            result.Add(new KeyValuePair<string, object>(NameOf(entry), value));
        }

        return result;
    }

    private static string TextOf(string name, object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        SwitchParameter flag => flag.IsPresent ? "true" : "false",
        DateTime time => JsonValues.TimeOf(time),
        DateTimeOffset time => JsonValues.TimeOf(time.UtcDateTime),
        TimeSpan duration => JsonValues.DurationOf(duration),
        ValueType => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
        Uri uri => uri.OriginalString,
        _ when ResourceLike(value) => value.ToString(),
        _ => throw Errors.RestQueryInvalid(name, value.GetType().Name),
    };

    // Our own objects are their names.
    private static bool ResourceLike(object value) => value.GetType().Assembly == typeof(RestArguments).Assembly;

    private static string NameOf(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
