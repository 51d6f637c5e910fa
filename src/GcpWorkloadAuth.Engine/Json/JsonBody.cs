using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GcpWorkloadAuth.Engine.Json;

/// <summary>
/// Writes request bodies: null, strings, booleans, numbers, lists and string-keyed maps of these. The counterpart of
/// <see cref="JsonCursor.Value"/>.
/// </summary>
internal static class JsonBody
{
    private const int MaxDepth = 64;

    /// <summary>The UTF-8 text of a value.</summary>
    /// <exception cref="ArgumentException">It holds something that is not JSON, or is too deep.</exception>
    public static byte[] Write(object? value)
    {
        StringBuilder text = new();
        Write(text, value, 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, object? value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException("The value is nested too deeply.", nameof(value));
        }

        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string s:
                WriteString(text, s);
                break;
            case bool b:
                text.Append(b ? "true" : "false");
                break;
            case double or float:
                double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                text.Append(double.IsNaN(number) || double.IsInfinity(number)
                    ? throw new ArgumentException("JSON has no such number.", nameof(value))
                    : number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteMap(text, map, depth);
                break;
            case IEnumerable list:
                WriteList(text, list, depth);
                break;
            default:
                throw new ArgumentException("A " + value.GetType().Name + " cannot be written as JSON.", nameof(value));
        }
    }

    private static void WriteMap(StringBuilder text, IReadOnlyDictionary<string, object?> map, int depth)
    {
        text.Append('{');
        bool isFirst = true;
        foreach (KeyValuePair<string, object?> entry in map)
        {
            text.Append(isFirst ? string.Empty : ",");
            WriteString(text, entry.Key);
            text.Append(':');
            Write(text, entry.Value, depth + 1);
            isFirst = false;
        }

        text.Append('}');
    }

    private static void WriteList(StringBuilder text, IEnumerable list, int depth)
    {
        text.Append('[');
        bool isFirst = true;
        foreach (object? item in list)
        {
            text.Append(isFirst ? string.Empty : ",");
            Write(text, item, depth + 1);
            isFirst = false;
        }

        text.Append(']');
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case < ' ':
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
