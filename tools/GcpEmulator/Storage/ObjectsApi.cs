using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>objects.list, get, insert (simple and multipart), delete: enough for small files of foreign clients, no more.</summary>
internal sealed class ObjectsApi(CloudState state)
{
    public Reply List(EmulatedRequest request, string bucket)
    {
        if (state.Buckets.Objects(bucket) is not ObjectStore store)
        {
            return GoogleErrors.NotFound(BucketsApi.Missing);
        }

        string prefix = request.Parameter("prefix") ?? string.Empty;
        string delimiter = request.Parameter("delimiter") ?? string.Empty;
        int size = int.TryParse(request.Parameter("maxResults"), out int max) && max > 0 ? Math.Min(max, 1000) : 1000;
        string after = request.Parameter("pageToken") is { Length: > 0 } token && Base64Url.TryDecode(token, out byte[] bytes)
            ? Encoding.UTF8.GetString(bytes)
            : string.Empty;
        List<StoredObject> items = [];
        SortedSet<string> prefixes = new(StringComparer.Ordinal);
        string? next = null;
        string last = string.Empty;
        foreach (StoredObject o in store.All(prefix))
        {
            int cut = delimiter.Length == 0 ? -1 : o.Name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            string key = cut < 0 ? o.Name : o.Name[..(cut + delimiter.Length)];
            if ((after.Length > 0 && string.CompareOrdinal(key, after) <= 0) || prefixes.Contains(key))
            {
                continue;
            }

            if (items.Count + prefixes.Count == size)
            {
                next = Base64Url.Encode(Encoding.UTF8.GetBytes(last));
                break;
            }

            last = key;
            if (cut < 0)
            {
                items.Add(o);
            }
            else
            {
                prefixes.Add(key);
            }
        }

        return JsonAnswer.Create(request, FieldSchemas.Objects, json => WriteList(json, items, prefixes, next));
    }

    public Reply Get(EmulatedRequest request, string bucket, string name)
    {
        if (Find(bucket, name, out Reply? missing) is not StoredObject found)
        {
            return missing!;
        }

        return request.Parameter("alt") == "media"
            ? Media(request, found)
            : JsonAnswer.Create(request, FieldSchemas.Object, json => ObjectJson.Write(json, found))
                .With("ETag", BucketJson.ETag(found.Generation, 1));
    }

    public Reply Delete(string bucket, string name)
    {
        if (Find(bucket, name, out Reply? missing) is null)
        {
            return missing!;
        }

        state.Buckets.Objects(bucket)!.Remove(name);
        return Reply.Empty(204);
    }

    public Reply Insert(EmulatedRequest request, string bucket)
    {
        if (state.Buckets.Objects(bucket) is not ObjectStore store)
        {
            return GoogleErrors.NotFound(BucketsApi.Missing);
        }

        JsonObject resource = [];
        byte[] content;
        string? type;
        switch (request.Parameter("uploadType"))
        {
            case "media":
                content = request.Body.ToArray();
                type = request.Header("Content-Type");
                break;
            case "multipart" when MultipartRelated.Read(request) is var (parsed, bytes, partType):
                (resource, content, type) = (parsed, bytes, partType);
                break;
            case "multipart":
                return GoogleErrors.Invalid("Bad Content. Failed to parse the multipart body."); // ASSUMED: the text
            default:
                return Reply.Json(GoogleErrors.Create(501, "The emulator takes uploadType=media and multipart only.", "notImplemented"), 501);
        }

        string? name = request.Parameter("name") ?? resource["name"]?.ToString();
        if (string.IsNullOrEmpty(name))
        {
            return GoogleErrors.Required("name");
        }

        Dictionary<string, string> metadata = resource["metadata"] is JsonObject pairs
            ? pairs.ToDictionary(p => p.Key, p => p.Value?.ToString() ?? "")
            : [];
        StoredObject stored = store.Put(name, content, resource["contentType"]?.ToString() ?? type ?? "application/octet-stream", metadata);
        return JsonAnswer.Create(request, FieldSchemas.Object, json => ObjectJson.Write(json, stored));
    }

    private static Reply Media(EmulatedRequest request, StoredObject o)
    {
        ReadOnlyMemory<byte> content = o.Content;
        int status = 200;
        string? range = null;
        if (request.Header("Range") is string header && header.StartsWith("bytes=", StringComparison.Ordinal))
        {
            string[] ends = header[6..].Split('-');
            bool hasFrom = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from);
            bool hasTo = int.TryParse(ends.ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out int to);
            int end = content.Length - 1;
            (from, to) = hasFrom ? (from, hasTo ? Math.Min(to, end) : end) : (Math.Max(0, content.Length - to), end);
            if (from > to)
            {
                return Reply.Text("Request range not satisfiable", Reply.HtmlType, 416)
                    .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{content.Length}"));
            }

            range = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{content.Length}");
            content = content[from..(to + 1)];
            status = 206;
        }

        string generation = o.Generation.ToString(CultureInfo.InvariantCulture);
        Reply reply = Reply.Bytes(content, o.ContentType, status)
            .With("ETag", BucketJson.ETag(o.Generation, 1))
            .With("X-Goog-Generation", generation)
            .With("X-Goog-Metageneration", "1")
            .With("X-Goog-Hash", $"crc32c={o.Crc32C},md5={o.Md5}")
            .With("X-Goog-Storage-Class", "STANDARD")
            .With("X-Goog-Stored-Content-Encoding", "identity")
            .With("X-Goog-Stored-Content-Length", o.Content.Length.ToString(CultureInfo.InvariantCulture))
            .With("Accept-Ranges", "bytes");
        return range is null ? reply : reply.With("Content-Range", range);
    }

    private StoredObject? Find(string bucket, string name, out Reply? missing)
    {
        missing = null;
        if (state.Buckets.Objects(bucket) is not ObjectStore store)
        {
            missing = GoogleErrors.NotFound(BucketsApi.Missing);
            return null;
        }

        StoredObject? found = store.Find(name);
        missing = found is null ? GoogleErrors.NotFound($"No such object: {bucket}/{name}") : null;
        return found;
    }

    private static void WriteList(Utf8JsonWriter json, List<StoredObject> items, SortedSet<string> prefixes, string? next)
    {
        json.WriteStartObject();
        json.WriteString("kind", "storage#objects");
        if (next is not null)
        {
            json.WriteString("nextPageToken", next);
        }

        InstanceJson.WriteStrings(json, "prefixes", prefixes);
        if (items.Count > 0)
        {
            json.WriteStartArray("items");
            foreach (StoredObject o in items)
            {
                ObjectJson.Write(json, o);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
