using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Json;

namespace GcpEmulator.Metadata;

/// <summary>A value or a directory in the metadata server's tree.</summary>
internal abstract record MetadataNode
{
    /// <summary>A text; <paramref name="IsNumber"/> writes it as a number in JSON (id, numeric-project-id, mtu ...).</summary>
    public sealed record Value(string Text, bool IsNumber = false) : MetadataNode;

    /// <summary>Several texts: one a line, or an array in JSON.</summary>
    public sealed record Lines(IReadOnlyList<string> Items, bool JsonByDefault = false) : MetadataNode;

    /// <summary>A directory. Its entries' names become camelCase in JSON, but not with <paramref name="Verbatim"/> (attributes, accounts).</summary>
    public sealed record Folder(IReadOnlyList<(string Name, MetadataNode Node)> Entries, bool Verbatim = false) : MetadataNode
    {
        public MetadataNode? this[string name] => Entries.FirstOrDefault(e => e.Name == name).Node;
    }

    /// <summary>A directory of numbered entries (disks/0/), an array in JSON.</summary>
    public sealed record Numbered(IReadOnlyList<MetadataNode> Items) : MetadataNode;

    /// <summary>A path that is computed for each request (token, identity); listed, but not part of a recursive answer.</summary>
    public sealed record Computed(string Kind, AttachedAccount Account) : MetadataNode;

    public bool IsDirectory => this is Folder or Numbered;

    /// <summary>What is called <paramref name="name"/> below, or null.</summary>
    public MetadataNode? Below(string name) => this switch
    {
        Folder folder => folder[name],
        Numbered numbered => int.TryParse(name, out int index) && index >= 0 && index < numbered.Items.Count ? numbered.Items[index] : null,
        _ => null,
    };

    /// <summary>The names in a directory, subdirectories with a slash, one a line.</summary>
    public string Listing() => string.Concat(Children().Select(c => c.Name + (c.Node.IsDirectory ? "/" : string.Empty) + "\n"));

    public void WriteJson(Utf8JsonWriter json)
    {
        switch (this)
        {
            case Value { IsNumber: true } number:
                json.WriteRawValue(number.Text);
                break;
            case Value value:
                json.WriteStringValue(value.Text);
                break;
            case Lines lines:
                json.WriteStartArray();
                foreach (string item in lines.Items)
                {
                    json.WriteStringValue(item);
                }

                json.WriteEndArray();
                break;
            case Numbered numbered:
                json.WriteStartArray();
                foreach (MetadataNode item in numbered.Items)
                {
                    item.WriteJson(json);
                }

                json.WriteEndArray();
                break;
            case Folder folder:
                json.WriteStartObject();
                foreach ((string name, MetadataNode node) in folder.Entries.Where(e => e.Node is not Computed))
                {
                    json.WritePropertyName(folder.Verbatim ? name : JsonName(name));
                    node.WriteJson(json);
                }

                json.WriteEndObject();
                break;
        }
    }

    /// <summary>The recursive answer with alt=text: "path value", one a line ("View and query VM metadata", alt=text example of disks).</summary>
    public IEnumerable<string> TextLines(string prefix) => this switch
    {
        Value value => [prefix + " " + value.Text],
        Lines lines => lines.Items.Select(item => prefix + " " + item),
        Computed => [],
        _ => Children().SelectMany(c => c.Node.TextLines(prefix.Length == 0 ? c.Name : prefix + "/" + c.Name)),
    };

    public ReadOnlyMemory<byte> Json() => JsonAnswer.Render(WriteJson);

    private IEnumerable<(string Name, MetadataNode Node)> Children() => this switch
    {
        Folder folder => folder.Entries,
        Numbered numbered => numbered.Items.Select((item, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), item)),
        _ => [],
    };

    private static string JsonName(string name) => JsonNamingPolicy.CamelCase.ConvertName(
        string.Concat(name.Split('-').Select((part, i) => i == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..])));

    /// <summary>A folder from an object expression, for the parts that never change.</summary>
    public static Folder FromJson(JsonObject json) => new([.. json.Select(p => (p.Key, FromJsonValue(p.Value!)))]);

    private static MetadataNode FromJsonValue(JsonNode node) => node switch
    {
        JsonObject o => FromJson(o),
        JsonArray { Count: > 0 } a when a[0] is JsonObject => new Numbered([.. a.Select(i => FromJsonValue(i!))]),
        JsonArray a => new Lines([.. a.Select(i => i!.ToString())]),
        _ => new Value(node.ToString(), node.GetValueKind() == JsonValueKind.Number),
    };
}
