#if !NET
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Newtonsoft.Json;

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>The same reader over Newtonsoft.Json, which is there on .NET Framework through Google.Apis.</summary>
#pragma warning disable CA1001 // Reads from memory: nothing to dispose of.
internal struct JsonCursor
#pragma warning restore CA1001
{
    private static readonly DefaultJsonNameTable s_names = new();
    private readonly JsonTextReader _reader;

    public JsonCursor(ArraySegment<byte> utf8)
    {
        StreamReader text = new(new MemoryStream(utf8.Array!, utf8.Offset, utf8.Count, writable: false), new UTF8Encoding(false));
        _reader = new JsonTextReader(text)
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Double,
            PropertyNameTable = s_names,
        };
        Read();
    }

    public bool BeginObject() => Begin(JsonToken.StartObject);

    public bool BeginArray() => Begin(JsonToken.StartArray);

    public bool NextProperty(out string name)
    {
        Read();
        if (_reader.TokenType != JsonToken.PropertyName)
        {
            name = string.Empty;
            return false;
        }

        name = (string)_reader.Value!;
        Read();
        return true;
    }

    public bool NextEntry(out string key) => NextProperty(out key);

    public bool NextElement()
    {
        Read();
        return _reader.TokenType != JsonToken.EndArray;
    }

    public void Skip() => _reader.Skip();

    public string? String()
    {
        if (_reader.TokenType is JsonToken.String or JsonToken.Integer or JsonToken.Float)
        {
            return Convert.ToString(_reader.Value, CultureInfo.InvariantCulture);
        }

        _reader.Skip();
        return null;
    }

    public string? SharedString() => String();

    public string? LastSegment() => Names.LastSegment(String());

    public long? Int64() =>
        long.TryParse(String(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : null;

    public ulong? UInt64() =>
        ulong.TryParse(String(), NumberStyles.Integer, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    public bool Boolean()
    {
        if (_reader.TokenType == JsonToken.Boolean)
        {
            return (bool)_reader.Value!;
        }

        _reader.Skip();
        return false;
    }

    public DateTime? Time() =>
        DateTimeOffset.TryParse(
            String(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time.LocalDateTime : null;

    public object? Value()
    {
        switch (_reader.TokenType)
        {
            case JsonToken.StartArray:
                List<object?> list = [];
                while (NextElement())
                {
                    list.Add(Value());
                }

                return list;
            case JsonToken.StartObject:
                Dictionary<string, object?> map = new(StringComparer.Ordinal);
                while (NextEntry(out string key))
                {
                    map[key] = Value();
                }

                return map;
            case JsonToken.Integer when _reader.Value is System.Numerics.BigInteger big:
                return big >= 0 && big <= ulong.MaxValue ? (object)(ulong)big : (double)big;
            case JsonToken.Null:
                return null;
            default:
                return _reader.Value;
        }
    }

    public void End()
    {
        while (_reader.Read())
        {
            if (_reader.TokenType is not (JsonToken.EndObject or JsonToken.EndArray or JsonToken.Comment))
            {
                throw new JsonReaderException("Text behind the end of the document.");
            }
        }
    }

    private bool Begin(JsonToken type)
    {
        if (_reader.TokenType == type)
        {
            return true;
        }

        _reader.Skip();
        return false;
    }

    private readonly void Read()
    {
        if (!_reader.Read())
        {
            throw new JsonReaderException("The document ends early.");
        }
    }
}
#endif
