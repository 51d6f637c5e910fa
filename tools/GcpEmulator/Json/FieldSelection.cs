using System.Text.Json;

namespace GcpEmulator.Json;

/// <summary>
/// The <c>fields</c> parameter: commas, a/b, a(b,c), * ("Partial response", Compute Engine and Cloud Storage performance guides).
/// </summary>
internal sealed class FieldSelection
{
    private readonly Dictionary<string, FieldSelection> _children = new(StringComparer.Ordinal);

    private FieldSelection()
    {
    }

    /// <summary>True where nothing is selected below: everything is meant.</summary>
    private bool IsLeaf => _children.Count == 0;

    public static FieldSelection? Parse(string text)
    {
        FieldSelection root = new();
        int at = 0;
        return ParseItems(text, ref at, root) && at == text.Length ? root : null;
    }

    /// <summary>The first selected path that a schema, written in the same language, does not have; null if there is none.</summary>
    public string? FindUnknown(FieldSelection schema)
    {
        foreach ((string name, FieldSelection child) in _children)
        {
            if (schema.IsLeaf)
            {
                return null;
            }

            if (name == "*")
            {
                // Some member must have what is asked for below.
                string?[] missing = [.. schema._children.Values.Select(child.FindUnknown)];
                if (!missing.Contains(null))
                {
                    return "*/" + missing[0];
                }

                continue;
            }

            FieldSelection? known = schema._children.GetValueOrDefault(name) ?? schema._children.GetValueOrDefault("*");
            if (known is null)
            {
                return name;
            }

            if (child.FindUnknown(known) is string below)
            {
                return name + "/" + below;
            }
        }

        return null;
    }

    /// <summary>Copies what is selected. A selected object stays, even if nothing in it was asked for. ASSUMED for the latter.</summary>
    public void Copy(JsonElement from, Utf8JsonWriter to)
    {
        if (IsLeaf)
        {
            from.WriteTo(to);
            return;
        }

        switch (from.ValueKind)
        {
            case JsonValueKind.Object:
                to.WriteStartObject();
                foreach (JsonProperty property in from.EnumerateObject())
                {
                    if (Below(property.Name) is FieldSelection child)
                    {
                        to.WritePropertyName(property.Name);
                        child.Copy(property.Value, to);
                    }
                }

                to.WriteEndObject();
                break;
            case JsonValueKind.Array:
                to.WriteStartArray();
                foreach (JsonElement item in from.EnumerateArray())
                {
                    Copy(item, to);
                }

                to.WriteEndArray();
                break;
            default:
                from.WriteTo(to);
                break;
        }
    }

    private FieldSelection? Below(string name) => _children.GetValueOrDefault(name) ?? _children.GetValueOrDefault("*");

    private static bool ParseItems(string text, ref int at, FieldSelection parent)
    {
        while (true)
        {
            if (!ParseItem(text, ref at, parent))
            {
                return false;
            }

            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            return true;
        }
    }

    private static bool ParseItem(string text, ref int at, FieldSelection parent)
    {
        FieldSelection current = parent;
        while (true)
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            int start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-' or '*' or '.' or '@' or ':'))
            {
                at++;
            }

            if (at == start)
            {
                return false;
            }

            string name = text[start..at];
            if (!current._children.TryGetValue(name, out FieldSelection? child))
            {
                current._children[name] = child = new();
            }

            current = child;
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            if (at < text.Length && text[at] == '/')
            {
                at++;
                continue;
            }

            if (at < text.Length && text[at] == '(')
            {
                at++;
                return ParseItems(text, ref at, current) && at < text.Length && text[at++] == ')';
            }

            return true;
        }
    }
}
