using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>What an upload says of the object to be.</summary>
internal static class ObjectResource
{
    /// <summary>The metadata entry in which gcloud, gsutil and this module keep a file's time: seconds since 1970, UTC.</summary>
    public const string FileTime = "goog-reserved-file-mtime";

    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The JSON of the resource.</summary>
    public static byte[] Write(ObjectUpload upload, UploadSource? source, string? crc32c)
    {
        ObjectProperties properties = upload.Properties;
        Dictionary<string, object?> resource = new(StringComparer.Ordinal)
        {
            ["name"] = upload.Target.Name,
            ["contentType"] = TypeOf(upload),
        };
        Add(resource, "contentEncoding", upload.Gzip ? "gzip" : properties.ContentEncoding);
        Add(resource, "contentDisposition", properties.ContentDisposition);
        Add(resource, "contentLanguage", properties.ContentLanguage);
        Add(resource, "cacheControl", properties.CacheControl);
        Add(resource, "storageClass", properties.StorageClass);
        Add(resource, "crc32c", crc32c);
        if (properties.CustomTime is { } time)
        {
            resource["customTime"] = Rfc3339(time);
        }

        Dictionary<string, object?> metadata = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in Metadata(upload, source))
        {
            metadata[entry.Key] = entry.Value;
        }

        if (metadata.Count > 0)
        {
            resource["metadata"] = metadata;
        }

        return JsonBody.Write(resource);
    }

    public static string TypeOf(ObjectUpload upload) =>
        upload.Properties.ContentType ?? (upload.Path is null ? MediaTypes.Unknown : MediaTypes.Of(upload.Path));

    public static string Rfc3339(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The user's own metadata, and a file's time.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(ObjectUpload upload, UploadSource? source)
    {
        bool hasTime = false;
        foreach (KeyValuePair<string, string> entry in upload.Properties.Metadata ?? new Dictionary<string, string>())
        {
            hasTime |= entry.Key == FileTime;
            yield return entry;
        }

        if (!hasTime && source?.Modified is { } modified)
        {
            long seconds = (long)Math.Floor((modified - s_epoch).TotalSeconds);
            yield return new(FileTime, seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Add(Dictionary<string, object?> resource, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            resource[name] = value;
        }
    }
}
