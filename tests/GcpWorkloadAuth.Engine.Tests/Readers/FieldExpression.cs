using System.Text.Json.Nodes;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

/// <summary>
/// A partial-response expression, a(b,c/d),e: which leaves it names, and what it leaves of a document.
/// Source: https://cloud.google.com/storage/docs/json_api#partial-response.
/// </summary>
internal sealed class FieldExpression
{
    private readonly Dictionary<string, FieldExpression> _children = new(StringComparer.Ordinal);

    private FieldExpression()
    {
    }

    /// <summary>a/b for every leaf.</summary>
    public IEnumerable<string> Leaves => _children.SelectMany(
        child => child.Value._children.Count == 0 ? [child.Key] : child.Value.Leaves.Select(leaf => child.Key + "/" + leaf));

    public static FieldExpression Parse(string text)
    {
        int at = 0;
        FieldExpression root = new();
        ReadList(text, ref at, root);
        Assert.Equal(text.Length, at);
        return root;
    }

    public JsonNode? Filter(JsonNode? node)
    {
        if (_children.Count == 0)
        {
            return node?.DeepClone();
        }

        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(Filter)]);
            case JsonObject map:
                JsonObject kept = [];
                foreach ((string name, JsonNode? value) in map)
                {
                    if (_children.TryGetValue(name, out FieldExpression? child) || _children.TryGetValue("*", out child))
                    {
                        kept[name] = child.Filter(value);
                    }
                }

                return kept;
            default:
                return node?.DeepClone();
        }
    }

    private static void ReadList(string text, ref int at, FieldExpression into)
    {
        while (true)
        {
            ReadPath(text, ref at, into);
            if (at >= text.Length || text[at] != ',')
            {
                return;
            }

            at++;
        }
    }

    private static void ReadPath(string text, ref int at, FieldExpression into)
    {
        int start = at;
        while (at < text.Length && text[at] is not (',' or '/' or '(' or ')'))
        {
            at++;
        }

        string name = text[start..at];
        Assert.Matches(@"^([A-Za-z][A-Za-z0-9]*|\*)$", name);
        Assert.False(into._children.ContainsKey(name), name + " is asked for twice");
        FieldExpression child = into._children[name] = new FieldExpression();
        if (at < text.Length && text[at] == '/')
        {
            at++;
            ReadPath(text, ref at, child);
        }
        else if (at < text.Length && text[at] == '(')
        {
            at++;
            ReadList(text, ref at, child);
            Assert.Equal(')', text[at++]);
        }
    }
}
