using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>objects.copy, rewrite, compose, move (discovery document of Storage v1).</summary>
internal sealed class CopiesApi(CloudState state)
{
    private const int MaxComponents = 32;
    private const long RewriteUnit = 1024 * 1024;

    public Reply Copy(EmulatedRequest request, string bucket, string name, string toBucket, string toName)
    {
        StoredObject source = Source(request, bucket, name);
        StoredObject copy = Put(request, toBucket, Draft(request, source, toName, "destinationKmsKeyName"));
        return JsonAnswer.Create(request, FieldSchemas.Object, json => ObjectJson.Write(json, copy, Settings(toBucket)));
    }

    /// <summary>
    /// rewriteTo. ASSUMED: maxBytesRewrittenPerCall always limits a call, and so does ObjectDirectory.RewriteBytesPerCall; the real service
    /// copies within one place and class in one call.
    /// </summary>
    public Reply Rewrite(EmulatedRequest request, string bucket, string name, string toBucket, string toName)
    {
        StoredObject source = Source(request, bucket, name);
        long? limit = Preconditions.Number(request, "maxBytesRewrittenPerCall");
        if (limit is <= 0 || limit % RewriteUnit > 0)
        {
            return GoogleErrors.InvalidParameter("maxBytesRewrittenPerCall must be an integral multiple of 1 MiB.", "maxBytesRewrittenPerCall"); // ASSUMED: the text
        }

        long perCall = Math.Min(limit ?? long.MaxValue, state.Objects.RewriteBytesPerCall ?? long.MaxValue);
        ObjectStore target = Store(toBucket);
        Preconditions.Read(request).Check(target.Find(toName));
        (string token, long done) = state.Objects.Rewrites.Advance(request.Parameter("rewriteToken"), source, toBucket + "/" + toName, perCall);
        if (done < source.Content.Length)
        {
            return Answer(request, done, source.Content.Length, token, null);
        }

        StoredObject copy = Put(request, toBucket, Draft(request, source, toName, "destinationKmsKeyName"));
        return Answer(request, done, source.Content.Length, null, copy);
    }

    public Reply Move(EmulatedRequest request, string bucket, string name, string toName)
    {
        StoredObject moved = Store(bucket).Move(
            name, ObjectNames.Check(toName), Settings(bucket)!, Preconditions.Read(request, "ifSource"), Preconditions.Read(request));
        return JsonAnswer.Create(request, FieldSchemas.Object, json => ObjectJson.Write(json, moved, Settings(bucket)));
    }

    public Reply Compose(EmulatedRequest request, string bucket, string name)
    {
        ObjectStore store = Store(bucket);
        JsonObject body = ObjectResource.Parse(request.Body);
        JsonObject[] sources = [.. (body["sourceObjects"] as JsonArray)?.OfType<JsonObject>() ?? []];
        if (sources.Length == 0)
        {
            return GoogleErrors.Required("sourceObjects");
        }

        if (sources.Length > MaxComponents)
        {
            return GoogleErrors.Invalid(string.Create( // text: googleapis/google-cloud-python and gcsfs reports
                CultureInfo.InvariantCulture, $"The number of source components provided ({sources.Length}) exceeds the maximum ({MaxComponents})"));
        }

        string? key = CustomerKey.Read(request);
        List<StoredObject> parts = [];
        foreach (JsonObject source in sources)
        {
            string part = source["name"]?.ToString() ?? string.Empty;
            long? generation = long.TryParse(source["generation"]?.ToString(), out long number) ? number : null;
            StoredObject o = store.Find(part, generation) ?? throw StorageException.NoObject(bucket, part);
            Preconditions.Read(source["objectPreconditions"] as JsonObject).Check(o);
            CustomerKey.Check(o, key);
            parts.Add(o);
        }

        JsonObject destination = body["destination"] as JsonObject ?? [];
        ObjectDraft draft = new(
            ObjectNames.Check(name), StoredContent.Concat([.. parts.Select(p => p.Content)]),
            parts.Aggregate(0u, (crc, p) => Storage.Crc32C.Combine(crc, p.Crc32C, p.Content.Length)), null, ObjectResource.Select(destination))
        {
            ComponentCount = parts.Sum(p => p.ComponentCount ?? 1),
            StorageClass = destination["storageClass"]?.ToString(),
            KmsKeyName = request.Parameter("kmsKeyName"),
            CustomerKeySha256 = key,
        };
        StoredObject composed = Put(request, bucket, draft);
        if (body["deleteSourceObjects"]?.ToString() == "true")
        {
            foreach (StoredObject part in parts.Where(p => p.Name != name))
            {
                store.Delete(part.Name, null, Settings(bucket)!);
            }
        }

        return JsonAnswer.Create(request, FieldSchemas.Object, json => ObjectJson.Write(json, composed, Settings(bucket)));
    }

    private StoredObject Source(EmulatedRequest request, string bucket, string name)
    {
        StoredObject source = Store(bucket).Find(name, Preconditions.Number(request, "sourceGeneration")) ?? throw StorageException.NoObject(bucket, name);
        Preconditions.Read(request, "ifSource").Check(source);
        CustomerKey.Check(source, CustomerKey.Read(request, "x-goog-copy-source-encryption-"));
        return source;
    }

    /// <summary>"If you supply a request body, its metadata replaces the source's": a body without members is as good as none.</summary>
    private static ObjectDraft Draft(EmulatedRequest request, StoredObject source, string toName, string kmsParameter)
    {
        JsonObject body = ObjectResource.Parse(request.Body);
        ObjectDraft draft = Drafts.From(source, ObjectNames.Check(toName));
        JsonObject given = ObjectResource.Select(body);
        bool replaces = body.Any(p => ObjectResource.Settable.Contains(p.Key));
        return draft with
        {
            Resource = replaces ? given : draft.Resource,
            StorageClass = body["storageClass"]?.ToString(),
            KmsKeyName = request.Parameter(kmsParameter),
            CustomerKeySha256 = CustomerKey.Read(request),
        };
    }

    private StoredObject Put(EmulatedRequest request, string bucket, ObjectDraft draft) =>
        Store(bucket).Put(draft, Settings(bucket)!, Preconditions.Read(request));

    private EmulatedBucket? Settings(string bucket) => state.Buckets.Find(bucket);

    private ObjectStore Store(string bucket) => state.Buckets.Contents(bucket)?.Objects ?? throw StorageException.NoBucket();

    private Reply Answer(EmulatedRequest request, long done, long size, string? token, StoredObject? copy) =>
        JsonAnswer.Create(request, FieldSchemas.Rewrite, (Utf8JsonWriter json) =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "storage#rewriteResponse");
            json.WriteString("totalBytesRewritten", done.ToString(CultureInfo.InvariantCulture));
            json.WriteString("objectSize", size.ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("done", copy is not null);
            if (token is not null)
            {
                json.WriteString("rewriteToken", token);
            }

            if (copy is not null)
            {
                json.WritePropertyName("resource");
                ObjectJson.Write(json, copy, Settings(copy.Bucket));
            }

            json.WriteEndObject();
        });
}
