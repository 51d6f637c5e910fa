using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>buckets.insert, patch, update, delete, restore, lockRetentionPolicy (discovery document of Storage v1).</summary>
internal sealed class BucketChanges(CloudState state, TimeProvider clock)
{
    public Reply Insert(EmulatedRequest request)
    {
        if (request.Parameter("project") is not { Length: > 0 } projectId)
        {
            return GoogleErrors.Required("project");
        }

        if (state.Projects.Find(projectId) is not EmulatedProject project)
        {
            return GoogleErrors.Invalid("Unknown project id: " + projectId);
        }

        JsonObject resource = ObjectResource.Parse(request.Body);
        if (resource["name"]?.ToString() is not { Length: > 0 } name)
        {
            return GoogleErrors.Required("name");
        }

        if (!BucketNames.IsValid(name))
        {
            return GoogleErrors.Invalid($"Invalid bucket name: '{name}'"); // text: googleapis/google-cloud-go and gsutil reports
        }

        if (state.Buckets.Find(name) is EmulatedBucket other)
        {
            return Taken(other.Project == project.Id);
        }

        (string location, string type) = BucketNames.Place(resource["location"]?.ToString(), resource["customPlacementConfig"] is not null);
        DateTimeOffset now = clock.GetUtcNow();
        if (request.Flag("enableObjectRetention"))
        {
            resource["objectRetention"] = new JsonObject { ["mode"] = "Enabled" };
        }

        // ASSUMED: a new bucket has uniform access only if it was asked for, as the JSON API has it by default.
        EmulatedBucket empty = new()
        {
            Project = project.Id,
            ProjectNumber = project.Number,
            Name = name,
            Location = location,
            LocationType = type,
            CreatedAt = now,
        };
        EmulatedBucket bucket = BucketResource.Apply(empty, resource, now);
        if (bucket.IsHierarchical && !bucket.UniformAccess)
        {
            // "Hierarchical namespace": uniform bucket-level access is a must. Text: gcloud users' reports.
            return GoogleErrors.Invalid("Hierarchical namespace can only be enabled on buckets with uniform bucket-level access enabled.");
        }

        return state.Buckets.TryAdd(bucket) ? Answer(request, bucket) : Taken(isOwn: true);
    }

    public Reply Change(EmulatedRequest request, string name, bool isPatch)
    {
        JsonObject body = ObjectResource.Parse(request.Body);
        BucketConditions conditions = BucketConditions.Read(request);
        try
        {
            return Answer(request, state.Buckets.Update(name, current =>
            {
                conditions.Check(current);
                JsonObject merged = isPatch ? MergePatch.Apply(Json(current), body) : body;
                EmulatedBucket changed = BucketResource.Apply(current, merged, clock.GetUtcNow());
                return changed.IsHierarchical == current.IsHierarchical
                    ? changed
                    : throw StorageException.Invalid("The hierarchical namespace setting cannot be changed."); // documented as fixed; ASSUMED: the text
            }));
        }
        catch (KeyNotFoundException)
        {
            throw StorageException.NoBucket();
        }
    }

    public Reply Delete(EmulatedRequest request, string name)
    {
        EmulatedBucket bucket = state.Buckets.Find(name) ?? throw StorageException.NoBucket();
        BucketConditions.Read(request).Check(bucket);
        BucketContents contents = state.Buckets.Contents(name)!;
        if (!contents.Objects.IsEmpty || contents.Folders.All(isManaged: true).Count > 0)
        {
            // Text: "HTTP status and error codes for JSON", 409 conflict
            return Reply.Json(GoogleErrors.Create(409, "The bucket you tried to delete is not empty.", "conflict"), 409);
        }

        state.Buckets.Delete(name);
        return Reply.Empty(204);
    }

    /// <summary>buckets.restore: a deleted bucket, by its generation, for as long as soft delete keeps it.</summary>
    public Reply Restore(EmulatedRequest request, string name)
    {
        if (Preconditions.Number(request, "generation") is not long generation)
        {
            return GoogleErrors.Required("generation");
        }

        return state.Buckets.Restore(name, generation) is EmulatedBucket bucket ? Answer(request, bucket) : throw StorageException.NoBucket();
    }

    public Reply LockRetention(EmulatedRequest request, string name)
    {
        if (!request.Has("ifMetagenerationMatch"))
        {
            return GoogleErrors.Required("ifMetagenerationMatch");
        }

        _ = state.Buckets.Find(name) ?? throw StorageException.NoBucket();
        BucketConditions conditions = BucketConditions.Read(request);
        return Answer(request, state.Buckets.Update(name, current =>
        {
            conditions.Check(current);
            if (current.RetentionPeriod is null)
            {
                throw StorageException.Invalid("The bucket has no retention policy to lock."); // ASSUMED: the text
            }

            JsonObject extra = current.Extra!.DeepClone().AsObject();
            extra["retentionPolicy"]!["isLocked"] = true;
            return current with { Extra = extra };
        }));
    }

    private static JsonObject Json(EmulatedBucket bucket) =>
        JsonNode.Parse(JsonAnswer.Render(json => BucketJson.Write(json, bucket)).Span)!.AsObject();

    private static Reply Answer(EmulatedRequest request, EmulatedBucket bucket) =>
        JsonAnswer.Create(request, FieldSchemas.Bucket, (Utf8JsonWriter json) => BucketJson.Write(json, bucket));

    // Texts: as gsutil, gcloud and Terraform users report them
    private static Reply Taken(bool isOwn) => Reply.Json(GoogleErrors.Create(409, isOwn
        ? "Your previous request to create the named bucket succeeded and you already own it."
        : "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name "
            + "and try again.", "conflict"), 409);
}

/// <summary>ifMetagenerationMatch and ifMetagenerationNotMatch of a bucket.</summary>
internal readonly record struct BucketConditions(long? Match, long? NotMatch)
{
    public static BucketConditions Read(EmulatedRequest request) =>
        new(Preconditions.Number(request, "ifMetagenerationMatch"), Preconditions.Number(request, "ifMetagenerationNotMatch"));

    public void Check(EmulatedBucket bucket)
    {
        if ((Match is long match && match != bucket.Metageneration) || (NotMatch is long not && not == bucket.Metageneration))
        {
            throw StorageException.ConditionNotMet();
        }
    }
}
