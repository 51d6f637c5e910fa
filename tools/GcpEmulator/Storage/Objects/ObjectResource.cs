using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>The members of an object that a client may set (discovery document of Storage v1, schema Object; "Object metadata").</summary>
internal static class ObjectResource
{
    private const int MaxMetadata = 8 * 1024; // "Quotas and limits": custom metadata, 8 KiB an object

    public static readonly string[] Settable =
    [
        "cacheControl", "contentDisposition", "contentEncoding", "contentLanguage", "contentType", "customTime", "metadata", "eventBasedHold",
        "temporaryHold", "retention", "acl", "contexts",
    ];

    /// <summary>The body of a request as an object; an empty body is an empty object, and so is null (Go's client).</summary>
    public static JsonObject Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            ReadOnlySpan<byte> text = body.Span.Trim(" \r\n\t"u8);
            return text.IsEmpty || text.SequenceEqual("null"u8) ? [] : JsonNode.Parse(body.Span) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new StorageException(Reply.Json(GoogleErrors.Create(400, "Parse Error", "parseError"), 400));
        }
    }

    /// <summary>What of a resource is kept; the rest is the server's.</summary>
    public static JsonObject Select(JsonObject resource)
    {
        JsonObject kept = [];
        foreach (string name in Settable)
        {
            if (resource[name] is JsonNode value)
            {
                kept[name] = value.DeepClone();
            }
        }

        Check(kept);
        return kept;
    }

    /// <summary>A patch: null takes a member away, metadata is merged key by key, everything else replaced ("Patch an object").</summary>
    public static JsonObject Patch(JsonObject current, JsonObject patch)
    {
        JsonObject changed = current.DeepClone().AsObject();
        foreach (string name in Settable.Where(patch.ContainsKey))
        {
            JsonNode? value = patch[name];
            if (value is JsonObject pairs && name is "metadata" or "contexts")
            {
                changed[name] = MergePatch.Apply(changed[name] as JsonObject, (JsonObject)value!);
            }
            else if (value is null)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = value.DeepClone();
            }
        }

        Check(changed);
        return changed;
    }

    private static void Check(JsonObject resource)
    {
        if (resource["metadata"] is JsonNode metadata)
        {
            if (metadata is not JsonObject pairs || pairs.Any(p => p.Value is not JsonValue value || !value.TryGetValue<string>(out _)))
            {
                throw StorageException.Invalid("Invalid value for: metadata"); // ASSUMED: the text
            }

            if (pairs.Sum(p => p.Key.Length + p.Value!.ToString().Length) > MaxMetadata)
            {
                throw StorageException.Invalid("The metadata for this object is too large."); // ASSUMED: the text
            }
        }
    }
}
