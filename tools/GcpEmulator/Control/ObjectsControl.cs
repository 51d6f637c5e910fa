using System.Text.Json.Nodes;

namespace GcpEmulator.Control;

/// <summary>The control endpoint's calls about objects.</summary>
internal static class ObjectsControl
{
    /// <summary>What is left over of uploads.</summary>
    public static JsonObject Summary(ObjectDirectory objects) => new()
    {
        ["openSessions"] = objects.OpenSessions,
        ["openMultipartUploads"] = objects.OpenMultipartUploads,
        ["openParts"] = objects.OpenParts,
        ["temporaryFiles"] = objects.TemporaryFiles,
    };

    public static JsonNode? Put(ObjectDirectory objects, JsonObject body)
    {
        string bucket = body["bucket"]?.ToString() ?? throw new FormatException("bucket is missing.");
        if (body["synthetic"] is JsonValue count)
        {
            objects.AddSynthetic(bucket, count.GetValue<int>(), body["prefix"]?.ToString() ?? "data/");
            return null;
        }

        string name = body["name"]?.ToString() ?? throw new FormatException("name is missing.");
        Dictionary<string, string>? metadata = (body["metadata"] as JsonObject)?.ToDictionary(p => p.Key, p => p.Value?.ToString() ?? string.Empty);
        return objects.Put(bucket, name, body["content"]?.ToString() ?? string.Empty, body["contentType"]?.ToString() ?? "text/plain", metadata).Json;
    }

    public static void SetPermission(ObjectDirectory objects, JsonObject body)
    {
        string permission = body["permission"]?.ToString() ?? throw new FormatException("permission is missing.");
        if (body["denied"]?.GetValue<bool>() ?? true)
        {
            objects.Deny(permission, body["bucket"]?.ToString());
        }
        else
        {
            objects.Allow(permission, body["bucket"]?.ToString());
        }
    }
}
