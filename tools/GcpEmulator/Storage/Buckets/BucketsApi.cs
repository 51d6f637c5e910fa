using System.Text;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>buckets.list and buckets.get (discovery document of Storage v1; errors: "HTTP status and error codes for JSON").</summary>
internal sealed class BucketsApi(CloudState state)
{
    public const string Missing = "The specified bucket does not exist.";
    private const int MaxPage = 1000; // discovery document: maxResults, default and maximum 1000
    private readonly PageCache _cache = new(() => state.Buckets.Version);

    public Reply Get(EmulatedRequest request, string name)
    {
        if (state.Buckets.Find(name) is not EmulatedBucket bucket)
        {
            return GoogleErrors.NotFound(Missing);
        }

        // Preconditions: 412 conditionNotMet, 304 without a body.
        if (long.TryParse(request.Parameter("ifMetagenerationMatch"), out long wanted) && wanted != bucket.Metageneration)
        {
            return Reply.Json(ErrorBody.Create(412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet")
                .At("If-Match", "header").ToString(), 412);
        }

        return long.TryParse(request.Parameter("ifMetagenerationNotMatch"), out long unwanted) && unwanted == bucket.Metageneration
            ? Reply.Empty(304)
            : JsonAnswer.Create(request, FieldSchemas.Bucket, json => BucketJson.Write(json, bucket))
                .With("ETag", BucketJson.ETag(bucket.Metageneration));
    }

    public Reply List(EmulatedRequest request)
    {
        if (request.Parameter("project") is not { Length: > 0 } projectId)
        {
            return GoogleErrors.Required("project");
        }

        if (state.Projects.Find(projectId) is not EmulatedProject project)
        {
            return GoogleErrors.Invalid("Unknown project id: " + projectId); // text: fsspec/gcsfs#34, replicate/keepsake#275
        }

        return _cache.Get(request, () => Render(request, project));
    }

    private Reply Render(EmulatedRequest request, EmulatedProject project)
    {
        string prefix = request.Parameter("prefix") ?? string.Empty;
        if (request.Flag("softDeleted"))
        {
            return JsonAnswer.Create(request, FieldSchemas.Buckets, json => WriteDeleted(json, project, prefix));
        }

        EmulatedBucket[] all = [.. state.Buckets.All.Where(b => b.Project == project.Id && b.Name.StartsWith(prefix, StringComparison.Ordinal))];
        string[] unreachable = [.. all.Select(b => b.Name).Where(state.Buckets.IsUnreachable)];
        if (unreachable.Length > 0 && !request.Flag("returnPartialSuccess"))
        {
            // ASSUMED: without returnPartialSuccess a list that cannot reach a location fails as a whole.
            return Reply.Json(GoogleErrors.BackendError(), 503);
        }

        int size = MaxPage;
        if (request.Parameter("maxResults") is string max && (!int.TryParse(max, out size) || size < 1))
        {
            // ASSUMED: the text
            return GoogleErrors.InvalidParameter($"Invalid value '{max}'. Values must be within the range: [1, {int.MaxValue}]", "maxResults");
        }

        size = Math.Min(size, MaxPage); // "the service may return fewer than maxResults"
        IEnumerable<EmulatedBucket> rest = all.Where(b => !state.Buckets.IsUnreachable(b.Name));
        if (request.Parameter("pageToken") is { Length: > 0 } token)
        {
            if (!Base64Url.TryDecode(token, out byte[] bytes))
            {
                return GoogleErrors.Invalid("Invalid argument."); // ASSUMED: the text for a broken page token
            }

            string last = Encoding.UTF8.GetString(bytes);
            rest = rest.Where(b => string.CompareOrdinal(b.Name, last) > 0);
        }

        List<EmulatedBucket> page = [.. rest.Take(size + 1)];
        bool more = page.Count > size;
        if (more)
        {
            page.RemoveAt(size);
        }

        return JsonAnswer.Create(request, FieldSchemas.Buckets, json => Write(json, page, more, unreachable));
    }

    /// <summary>buckets.getStorageLayout: what a client must know before it writes.</summary>
    public Reply Layout(EmulatedRequest request, string name)
    {
        EmulatedBucket bucket = state.Buckets.Find(name) ?? throw StorageException.NoBucket();
        return JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "storage#storageLayout");
            json.WriteString("bucket", bucket.Name);
            json.WriteString("location", bucket.Location);
            json.WriteString("locationType", bucket.LocationType);
            json.WriteStartObject("hierarchicalNamespace");
            json.WriteBoolean("enabled", bucket.IsHierarchical);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private void WriteDeleted(Utf8JsonWriter json, EmulatedProject project, string prefix)
    {
        json.WriteStartObject();
        json.WriteString("kind", "storage#buckets");
        json.WriteStartArray("items");
        foreach ((EmulatedBucket bucket, DateTimeOffset deletedAt) in state.Buckets.SoftDeleted())
        {
            if (bucket.Project == project.Id && bucket.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                BucketJson.Write(json, bucket, deletedAt);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, List<EmulatedBucket> page, bool more, string[] unreachable)
    {
        json.WriteStartObject();
        json.WriteString("kind", "storage#buckets");
        if (more)
        {
            json.WriteString("nextPageToken", Base64Url.Encode(Encoding.UTF8.GetBytes(page[^1].Name)));
        }

        if (page.Count > 0)
        {
            json.WriteStartArray("items");
            foreach (EmulatedBucket bucket in page)
            {
                BucketJson.Write(json, bucket);
            }

            json.WriteEndArray();
        }

        if (unreachable.Length > 0)
        {
            json.WriteStartArray("unreachable");
            foreach (string name in unreachable)
            {
                // Discovery document: "The list of bucket resource names that could not be reached".
                json.WriteStringValue("projects/_/buckets/" + name);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
