using System.Globalization;
using System.Text.Json;

namespace GcpEmulator.Storage;

/// <summary>An object as objects.get shows it. Member names: discovery document of Storage v1, schema Object.</summary>
internal static class ObjectJson
{
    public static void Write(Utf8JsonWriter json, StoredObject o)
    {
        string generation = o.Generation.ToString(CultureInfo.InvariantCulture);
        string path = $"b/{Uri.EscapeDataString(o.Bucket)}/o/{Uri.EscapeDataString(o.Name)}";
        json.WriteStartObject();
        json.WriteString("kind", "storage#object");
        json.WriteString("id", $"{o.Bucket}/{o.Name}/{generation}");
        json.WriteString("selfLink", "https://www.googleapis.com/storage/v1/" + path);
        json.WriteString("mediaLink", $"https://storage.googleapis.com/download/storage/v1/{path}?generation={generation}&alt=media");
        json.WriteString("name", o.Name);
        json.WriteString("bucket", o.Bucket);
        json.WriteString("generation", generation);
        json.WriteString("metageneration", "1");
        json.WriteString("contentType", o.ContentType);
        json.WriteString("storageClass", "STANDARD");
        json.WriteString("size", o.Content.Length.ToString(CultureInfo.InvariantCulture));
        json.WriteString("md5Hash", o.Md5);
        json.WriteString("crc32c", o.Crc32C);
        json.WriteString("etag", BucketJson.ETag(o.Generation, 1));
        json.WriteString("timeCreated", BucketJson.Time(o.CreatedAt));
        json.WriteString("updated", BucketJson.Time(o.CreatedAt));
        json.WriteString("timeStorageClassUpdated", BucketJson.Time(o.CreatedAt));
        json.WriteString("timeFinalized", BucketJson.Time(o.CreatedAt));
        if (o.Metadata.Count > 0)
        {
            json.WriteStartObject("metadata");
            foreach ((string key, string value) in o.Metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
