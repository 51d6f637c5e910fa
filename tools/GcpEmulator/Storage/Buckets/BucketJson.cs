using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>A bucket as buckets.get shows it. Member names and nesting: discovery document of Storage v1, schema Bucket.</summary>
internal static class BucketJson
{
    /// <summary>Time stamps of Storage: RFC 3339 in UTC with milliseconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>Etags of Storage are base64 of numbered variable-length integers: CAE= is field 1 with the value 1.</summary>
    public static string ETag(params ReadOnlySpan<long> numbers)
    {
        List<byte> bytes = [];
        for (int i = 0; i < numbers.Length; i++)
        {
            bytes.Add((byte)((i + 1) << 3));
            long rest = numbers[i];
            for (; rest > 127; rest >>= 7)
            {
                bytes.Add((byte)(rest | 128));
            }

            bytes.Add((byte)rest);
        }

        return Convert.ToBase64String([.. bytes]);
    }

    public static void Write(Utf8JsonWriter json, EmulatedBucket b, DateTimeOffset? deletedAt = null)
    {
        json.WriteStartObject();
        bool Is(string name) => b.Extra?.ContainsKey(name) != true;
        void Text(string name, string value)
        {
            if (Is(name))
            {
                json.WriteString(name, value);
            }
        }

        Text("kind", "storage#bucket");
        Text("selfLink", "https://www.googleapis.com/storage/v1/b/" + Uri.EscapeDataString(b.Name));
        Text("id", b.Name);
        Text("name", b.Name);
        Text("projectNumber", b.ProjectNumber.ToString(CultureInfo.InvariantCulture)); // 64-bit integers travel as text
        Text("generation", b.Generation.ToString(CultureInfo.InvariantCulture));
        Text("metageneration", b.Metageneration.ToString(CultureInfo.InvariantCulture));
        Text("location", b.Location);
        Text("storageClass", b.StorageClass);
        Text("etag", ETag(b.Metageneration));
        Text("timeCreated", Time(b.CreatedAt));
        Text("updated", Time(b.UpdatedAt ?? b.CreatedAt));
        if (deletedAt is DateTimeOffset deleted)
        {
            json.WriteString("softDeleteTime", Time(deleted));
            json.WriteString("hardDeleteTime", Time(deleted + b.SoftDelete));
        }

        if (b.Labels.Count > 0 && Is("labels"))
        {
            json.WriteStartObject("labels");
            foreach ((string key, string value) in b.Labels)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        if (b.Versioning is bool versioning && Is("versioning"))
        {
            json.WriteStartObject("versioning");
            json.WriteBoolean("enabled", versioning);
            json.WriteEndObject();
        }

        if (Is("softDeletePolicy"))
        {
            json.WriteStartObject("softDeletePolicy");
            json.WriteString("retentionDurationSeconds", ((long)b.SoftDelete.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            if (b.SoftDelete > TimeSpan.Zero)
            {
                json.WriteString("effectiveTime", Time(b.CreatedAt));
            }

            json.WriteEndObject();
        }

        if (Is("iamConfiguration"))
        {
            json.WriteStartObject("iamConfiguration");
            WriteAccess(json, "bucketPolicyOnly", b); // the older name of the same thing
            WriteAccess(json, "uniformBucketLevelAccess", b);
            json.WriteString("publicAccessPrevention", b.PublicAccessPrevention);
            json.WriteEndObject();
        }

        Text("locationType", b.LocationType);
        if (b.LocationType != "region")
        {
            Text("rpo", "DEFAULT");
        }

        foreach ((string name, JsonNode? value) in b.Extra ?? [])
        {
            json.WritePropertyName(name);
            (value ?? "").WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteAccess(Utf8JsonWriter json, string name, EmulatedBucket b)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("enabled", b.UniformAccess);
        if (b.UniformAccess)
        {
            json.WriteString("lockedTime", Time(b.CreatedAt.AddDays(90)));
        }

        json.WriteEndObject();
    }
}
