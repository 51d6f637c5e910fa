using System.Text.Json.Nodes;

namespace GcpEmulator.Json;

/// <summary>JSON merge patch (RFC 7396), which the patch methods of the older APIs follow.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject? target, JsonObject patch)
    {
        JsonObject result = target?.DeepClone().AsObject() ?? [];
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = value is JsonObject inner ? Apply(result[name] as JsonObject, inner) : value.DeepClone();
            }
        }

        return result;
    }
}
