using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>objects.list, get, patch, update, delete, restore (discovery document of Storage v1).</summary>
internal sealed class ObjectsApi(CloudState state)
{
    public Reply List(EmulatedRequest request, string bucket)
    {
        BucketContents contents = state.Buckets.Contents(bucket) ?? throw StorageException.NoBucket();

        // Soft-deleted objects go without anybody's doing: nothing tells when such a page is out of date.
        return request.Flag("softDeleted") ? Page(request, bucket, contents) : contents.Pages.Get(request, () => Page(request, bucket, contents));
    }

    private Reply Page(EmulatedRequest request, string bucket, BucketContents contents)
    {
        ListQuery query = ListQuery.Read(request);
        string[] folders = query.IncludeFoldersAsPrefixes && query.Delimiter == "/"
            ? [.. contents.Folders.All(isManaged: true).Concat(contents.Folders.All(isManaged: false)).Select(f => f.Name).Distinct().Order(Utf8Order.Instance)]
            : [];
        EmulatedBucket? settings = state.Buckets.Find(bucket);
        ListPage page = contents.Objects.List(query, folders);
        return JsonAnswer.Create(request, FieldSchemas.Objects, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", "storage#objects");
            if (page.Next is not null)
            {
                json.WriteString("nextPageToken", page.Next.ToString());
            }

            InstanceJson.WriteStrings(json, "prefixes", page.Prefixes);
            if (page.Items.Count > 0)
            {
                json.WriteStartArray("items");
                foreach (StoredObject o in page.Items)
                {
                    ObjectJson.Write(json, o, settings);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    public Reply Get(EmulatedRequest request, string bucket, string name)
    {
        ObjectStore store = Store(bucket);
        long? generation = Preconditions.Number(request, "generation");
        StoredObject? found = request.Flag("softDeleted") && generation is long wanted
            ? store.FindSoftDeleted(name, wanted)
            : store.Find(name, generation);
        StoredObject o = found ?? throw StorageException.NoObject(bucket, name);
        Preconditions.Read(request).CheckRead(o);
        string? key = CustomerKey.Read(request);
        if (request.Parameter("alt") == "media" || request.Segments[0] == "download")
        {
            CustomerKey.Check(o, key);
            return MediaReply.Create(request, o);
        }

        if (key is not null)
        {
            CustomerKey.Check(o, key);
        }

        return Answer(request, o, key is not null).With("ETag", ObjectJson.ETag(o));
    }

    public Reply Change(EmulatedRequest request, string bucket, string name, bool isPatch)
    {
        ObjectStore store = Store(bucket);
        JsonObject body = ObjectResource.Parse(request.Body);
        StoredObject changed = store.Change(name, Preconditions.Number(request, "generation"), Preconditions.Read(request), old =>
        {
            if (body["storageClass"]?.ToString() is string storageClass && storageClass != old.StorageClass)
            {
                throw StorageException.Invalid("Storage class of an object can only be changed by a rewrite."); // documented as rewrite-only; ASSUMED: the text
            }

            JsonObject resource = isPatch ? ObjectResource.Patch(old.Resource, body) : ObjectResource.Select(body);
            CheckRetention(request, old.Resource["retention"] as JsonObject, resource["retention"] as JsonObject);
            bool released = old.Flag("eventBasedHold") && resource["eventBasedHold"]?.ToString() != "true";

            // "Event-based holds": the time under retention begins when the hold is released.
            return old with { Resource = resource, RetainedFrom = released ? state.Objects.Now : old.RetainedFrom };
        });
        return Answer(request, changed).With("ETag", ObjectJson.ETag(changed));
    }

    public Reply Delete(EmulatedRequest request, string bucket, string name)
    {
        ObjectStore store = Store(bucket);
        store.Delete(name, Preconditions.Number(request, "generation"), state.Buckets.Find(bucket)!, Preconditions.Read(request));
        return Reply.Empty(204);
    }

    /// <summary>
    /// objects.restore: a soft-deleted generation becomes a live object with a generation of its own ("Restore soft-deleted objects").
    /// ASSUMED: the soft-deleted generation stays until its time is over.
    /// </summary>
    public Reply Restore(EmulatedRequest request, string bucket, string name)
    {
        ObjectStore store = Store(bucket);
        if (Preconditions.Number(request, "generation") is not long generation)
        {
            return GoogleErrors.Required("generation");
        }

        StoredObject kept = store.FindSoftDeleted(name, generation) ?? throw StorageException.NoObject(bucket, name);
        ObjectDraft draft = Drafts.From(kept, name);
        return Answer(request, store.Put(draft, state.Buckets.Find(bucket)!, Preconditions.Read(request)));
    }

    /// <summary>"Object retention lock": shorter or none only while unlocked, and only if the request says that it knows.</summary>
    private static void CheckRetention(EmulatedRequest request, JsonObject? old, JsonObject? changed)
    {
        if (old is null)
        {
            return;
        }

        bool isLess = string.CompareOrdinal(changed?["retainUntilTime"]?.ToString(), old["retainUntilTime"]?.ToString()) < 0;
        bool isLocked = old["mode"]?.ToString() == "Locked";
        if (isLess && (isLocked || !request.Flag("overrideUnlockedRetention")))
        {
            throw StorageException.Create(403, "The object's retention configuration cannot be reduced or removed.", "forbidden"); // ASSUMED: the text
        }
    }

    private Reply Answer(EmulatedRequest request, StoredObject o, bool keyGiven = false) => JsonAnswer.Create(
        request, FieldSchemas.Object, (Utf8JsonWriter json) => ObjectJson.Write(json, o, state.Buckets.Find(o.Bucket), keyGiven));

    private ObjectStore Store(string bucket) => state.Buckets.Contents(bucket)?.Objects ?? throw StorageException.NoBucket();
}
