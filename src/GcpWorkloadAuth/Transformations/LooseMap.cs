using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace GcpWorkloadAuth.Transformations;

/// <summary>What a user wrote for one of our objects: a hashtable, a custom object, one of ours that was serialized. Names in any case.</summary>
internal sealed class LooseMap
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, GcpException> _refuse;

    private LooseMap(Func<string, GcpException> refuse) => _refuse = refuse;

    /// <summary>The values that nobody has asked for yet.</summary>
    public IEnumerable<string> Unused
    {
        get
        {
            foreach (string name in _values.Keys)
            {
                if (!_used.Contains(name))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>Reads one; null where it has no names.</summary>
    public static LooseMap? Of(object? item, Func<string, GcpException> refuse)
    {
        LooseMap map = new(refuse);
        object? bare = item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;
        switch (bare)
        {
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    map._values[Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty] = entry.Value;
                }

                return map;
            case PSObject custom:
                foreach (PSPropertyInfo property in custom.Properties)
                {
                    map._values[property.Name] = property.Value;
                }

                return map;
            default:
                return null;
        }
    }

    /// <summary>The value; null where there is none.</summary>
    public object? Take(string name)
    {
        _used.Add(name);
        return _values.TryGetValue(name, out object? value) ? value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value : null;
    }

    public string? Text(string name) => Take(name) switch
    {
        null => null,
        string text => text,
        ValueType value => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => throw _refuse(name),
    };

    public int? Number(string name) => Take(name) is not { } value ? null
        : value is not bool && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number
        : throw _refuse(name);

    public bool? Flag(string name) => Take(name) switch
    {
        null => null,
        bool flag => flag,
        SwitchParameter flag => flag.IsPresent,
        string text when bool.TryParse(text, out bool flag) => flag,
        _ => throw _refuse(name),
    };

    /// <summary>A day, as a date or as yyyy-MM-dd.</summary>
    public DateTime? Day(string name) => Take(name) switch
    {
        null => null,
        DateTime time => time.Date,
        DateTimeOffset time => time.Date,
        string text when DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) => day,
        _ => throw _refuse(name),
    };

    public IReadOnlyList<string> Texts(string name)
    {
        switch (Take(name))
        {
            case null:
                return Array.Empty<string>();
            case string text:
                return new[] { text };
            case IEnumerable list and not IDictionary:
                List<string> texts = new();
                foreach (object? item in list)
                {
                    texts.Add((item is PSObject wrapped ? wrapped.BaseObject : item) as string ?? throw _refuse(name));
                }

                return texts.ToArray();
            default:
                throw _refuse(name);
        }
    }

    /// <summary>The items of a list, or the one item.</summary>
    public static IEnumerable<object?> Items(object? value)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (bare is IEnumerable list and not string and not IDictionary)
        {
            foreach (object? item in list)
            {
                yield return item;
            }
        }
        else if (bare is not null)
        {
            yield return value;
        }
    }
}
