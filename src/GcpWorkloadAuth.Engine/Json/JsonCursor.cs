#if NET
using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>
/// A forward reader of one JSON document that maps straight into the models: no wire types, no strings for names it has met.
/// After <see cref="NextProperty"/> or <see cref="NextElement"/> the cursor stands on a value, which is read, entered or skipped.
/// A value of another kind than asked for reads as null or the default: what the server adds or changes breaks nothing.
/// </summary>
internal ref struct JsonCursor
{
    private Utf8JsonReader _reader;

    public JsonCursor(ReadOnlySpan<byte> utf8)
    {
        _reader = new Utf8JsonReader(utf8);
        _reader.Read();
    }

    /// <summary>True where the value is an object; it is then entered. Anything else is skipped.</summary>
    public bool BeginObject() => Begin(JsonTokenType.StartObject);

    /// <summary>True where the value is an array; it is then entered. Anything else is skipped.</summary>
    public bool BeginArray() => Begin(JsonTokenType.StartArray);

    /// <summary>Steps to the next property of the object entered and onto its value; false at its end.</summary>
    public bool NextProperty(out string name)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.PropertyName)
        {
            name = string.Empty;
            return false;
        }

        name = _reader.ValueIsEscaped ? _reader.GetString()! : PropertyNames.Get(_reader.ValueSpan);
        _reader.Read();
        return true;
    }

    /// <summary>As <see cref="NextProperty"/>, for maps whose keys are the user's own and not worth remembering.</summary>
    public bool NextEntry(out string key)
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.PropertyName)
        {
            key = string.Empty;
            return false;
        }

        key = _reader.GetString()!;
        _reader.Read();
        return true;
    }

    /// <summary>Steps to the next element of the array entered; false at its end.</summary>
    public bool NextElement()
    {
        _reader.Read();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    public void Skip() => _reader.Skip();

    public string? String()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return _reader.GetString();
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(_reader.ValueSpan);
            default:
                _reader.Skip();
                return null;
        }
    }

    /// <summary>A string that comes again and again (a status, a class): one instance serves all.</summary>
    public string? SharedString()
    {
        if (_reader.TokenType == JsonTokenType.String && !_reader.ValueIsEscaped)
        {
            return PropertyNames.Get(_reader.ValueSpan);
        }

        return String();
    }

    /// <summary>The part of a URL string behind its last slash, without making the whole string.</summary>
    public string? LastSegment()
    {
        if (_reader.TokenType != JsonTokenType.String || _reader.ValueIsEscaped)
        {
            return Names.LastSegment(String());
        }

        ReadOnlySpan<byte> url = _reader.ValueSpan;
        return PropertyNames.Get(url[(url.LastIndexOf((byte)'/') + 1)..]);
    }

    /// <summary>An integer, written as a number or, as Google does for 64 bits, as a string.</summary>
    public long? Int64()
    {
        if (_reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && Utf8Parser.TryParse(_reader.ValueSpan, out long value, out int used) && used == _reader.ValueSpan.Length)
        {
            return value;
        }

        _reader.Skip();
        return null;
    }

    /// <summary>An unsigned integer, written as a number or as a string.</summary>
    public ulong? UInt64()
    {
        if (_reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && Utf8Parser.TryParse(_reader.ValueSpan, out ulong value, out int used) && used == _reader.ValueSpan.Length)
        {
            return value;
        }

        _reader.Skip();
        return null;
    }

    public bool Boolean()
    {
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _reader.TokenType == JsonTokenType.True;
        }

        _reader.Skip();
        return false;
    }

    /// <summary>An RFC 3339 time as local time.</summary>
    public DateTime? Time()
    {
        if (_reader.TokenType == JsonTokenType.String && _reader.TryGetDateTimeOffset(out DateTimeOffset time))
        {
            return time.LocalDateTime;
        }

        _reader.Skip();
        return null;
    }

    /// <summary>The value as string, long, ulong, double, bool, null, List of these or Dictionary of these.</summary>
    public object? Value()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return _reader.GetString();
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return Number();
            case JsonTokenType.StartArray:
                List<object?> list = [];
                while (NextElement())
                {
                    list.Add(Value());
                }

                return list;
            case JsonTokenType.StartObject:
                Dictionary<string, object?> map = new(StringComparer.Ordinal);
                while (NextEntry(out string key))
                {
                    map[key] = Value();
                }

                return map;
            default:
                return null;
        }
    }

    // Statements, not a conditional expression: that would make a double of every number.
    private object Number()
    {
        if (_reader.TryGetInt64(out long integer))
        {
            return integer;
        }

        if (_reader.TryGetUInt64(out ulong large))
        {
            return large;
        }

        return double.Parse(_reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads to the end: what follows the document, or is missing of it, is an error.</summary>
    public void End()
    {
        while (_reader.Read())
        {
        }
    }

    private bool Begin(JsonTokenType type)
    {
        if (_reader.TokenType == type)
        {
            return true;
        }

        _reader.Skip();
        return false;
    }
}
#endif
