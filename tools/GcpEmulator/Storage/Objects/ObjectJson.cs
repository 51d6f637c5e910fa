using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>An object as objects.get shows it. Member names: discovery document of Storage v1, schema Object.</summary>
internal static class ObjectJson
{
    public static string ETag(StoredObject o) => BucketJson.ETag(o.Generation, o.Metageneration);

    /// <param name="json">Where to.</param>
    /// <param name="o">The object.</param>
    /// <param name="bucket">Its bucket, for the end of its retention; null leaves that out.</param>
    /// <param name="keyGiven">True if the request named the customer's key: without it, there are no checksums.</param>
    public static void Write(Utf8JsonWriter json, StoredObject o, EmulatedBucket? bucket = null, bool keyGiven = false)
    {
        string generation = o.Generation.ToString(CultureInfo.InvariantCulture);
        string path = $"b/{Uri.EscapeDataString(o.Bucket)}/o/{Uri.EscapeDataString(o.Name)}";
        json.WriteStartObject();
        json.WriteString("kind", "storage#object");
        json.WriteString("id", $"{o.Bucket}/{o.Name}/{generation}");
        json.WriteString("selfLink", "https://www.googleapis.com/storage/v1/" + path);
        json.WriteString("mediaLink", $"{o.MediaHost}/download/storage/v1/{path}?generation={generation}&alt=media");
        json.WriteString("name", o.Name);
        json.WriteString("bucket", o.Bucket);
        json.WriteString("generation", generation);
        json.WriteString("metageneration", o.Metageneration.ToString(CultureInfo.InvariantCulture));
        json.WriteString("storageClass", o.StorageClass);
        json.WriteString("size", o.Content.Length.ToString(CultureInfo.InvariantCulture));
        if (o.CustomerKeySha256 is null || keyGiven)
        {
            if (o.Md5 is not null)
            {
                json.WriteString("md5Hash", o.Md5);
            }

            json.WriteString("crc32c", Crc32C.Base64(o.Crc32C));
        }

        json.WriteString("etag", ETag(o));
        Time(json, "timeCreated", o.CreatedAt);
        Time(json, "updated", o.UpdatedAt);
        Time(json, "timeStorageClassUpdated", o.CreatedAt);
        Time(json, "timeFinalized", o.CreatedAt);
        Time(json, "timeDeleted", o.DeletedAt);
        Time(json, "softDeleteTime", o.SoftDeletedAt);
        Time(json, "hardDeleteTime", o.HardDeleteAt);
        Time(json, "retentionExpirationTime", bucket is null ? null : Retention.ExpiresAt(o, bucket));
        if (o.ComponentCount is int components)
        {
            json.WriteNumber("componentCount", components);
        }

        if (o.KmsKeyName is not null)
        {
            json.WriteString("kmsKeyName", o.KmsKeyName.Contains("/cryptoKeyVersions/", StringComparison.Ordinal)
                ? o.KmsKeyName
                : o.KmsKeyName + "/cryptoKeyVersions/1");
        }

        if (o.CustomerKeySha256 is not null)
        {
            json.WriteStartObject("customerEncryption");
            json.WriteString("encryptionAlgorithm", "AES256");
            json.WriteString("keySha256", o.CustomerKeySha256);
            json.WriteEndObject();
        }

        foreach ((string name, JsonNode? value) in o.Resource)
        {
            if (value is not null)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        if (!o.Resource.ContainsKey("contentType"))
        {
            json.WriteString("contentType", o.ContentType);
        }

        json.WriteEndObject();
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is DateTimeOffset value)
        {
            json.WriteString(name, BucketJson.Time(value));
        }
    }
}
