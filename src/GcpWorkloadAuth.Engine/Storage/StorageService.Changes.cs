using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Making, changing and deleting buckets.</content>
internal sealed partial class StorageService
{
    /// <summary>How often what somebody else changed meanwhile is read again.</summary>
    public const int MostReadings = 5;

    public async Task<GcsBucket> CreateAsync(NewBucket bucket, EngineCall call)
    {
        string name = Names.NewBucket(bucket.Name);
        Dictionary<string, object?> body = BucketBody.Of(bucket);
        ApiRequest request = new(
            StorageBucketsApi.Insert,
            StorageBucketsApi.Insert.Format(
                [], ("project", Names.Project(bucket.Project)), ("projection", "noAcl"), ("prettyPrint", "false"), ("fields", BucketReader.Fields)))
        {
            Json = JsonBody.Write(body),

            // A name is given once in the world: the second try can only be told that the first was carried out.
            IsConditioned = true,
            NotFound = _ => Errors.ProjectNotFound(bucket.Project),
            Special = refusal => refusal.Status == 409 ? Errors.BucketExists(name, refusal.Message) : null,
        };
        GcsBucket made;
        try
        {
            made = await client.SendAsync(request, BucketReader.Read, call).ConfigureAwait(false);
        }
        catch (GcpException failure) when (failure is { StatusCode: 409, FollowsLostAnswer: true })
        {
            if (await FindAsync(name, body, 1, call).ConfigureAwait(false) is not { } there)
            {
                throw;
            }

            made = there;
        }

        made.Project = bucket.Project;
        return made;
    }

    public async Task<GcsBucket> UpdateAsync(string name, BucketSettings settings, EngineCall call)
    {
        _ = Names.Bucket(name);
        for (int reading = 1; ; reading++)
        {
            GcsBucket? seen = settings.IfMetagenerationMatch is null || settings.Labels is not null || settings.LockRetention
                ? await GetBucketAsync(name, call).ConfigureAwait(false)
                : null;
            long? metageneration = settings.IfMetagenerationMatch ?? seen?.Metageneration;
            Dictionary<string, object?> patch = BucketBody.Patch(settings, seen?.Labels ?? NoLabels.Instance);
            if (patch.Count == 0 && settings.IfMetagenerationMatch is { } wanted && seen?.Metageneration != wanted)
            {
                // No request of its own would say so.
                throw Errors.PreconditionFailed(ApiService.Storage.Title, "ifMetagenerationMatch");
            }

            try
            {
                GcsBucket changed = patch.Count == 0
                    ? seen ?? await GetBucketAsync(name, call).ConfigureAwait(false)
                    : await PatchAsync(name, patch, metageneration, call).ConfigureAwait(false);
                return settings.LockRetention ? await LockAsync(changed, call).ConfigureAwait(false) : changed;
            }
            catch (GcpException failure) when (failure.StatusCode == 412 && settings.IfMetagenerationMatch is not null)
            {
                if (failure.FollowsLostAnswer && await FindAsync(name, patch, metageneration + 1, call).ConfigureAwait(false) is { } done)
                {
                    return done;
                }

                throw;
            }
            catch (GcpException failure) when (failure.StatusCode is 409 or 412 && IsAnothersChange(failure) && reading < MostReadings)
            {
                // Somebody else was faster.
            }
        }
    }

    public async Task DeleteAsync(string name, long? ifMetagenerationMatch, EngineCall call)
    {
        ApiRequest request = new(
            StorageBucketsApi.Delete,
            StorageBucketsApi.Delete.Format(
                [Names.Bucket(name)], ("ifMetagenerationMatch", Text(ifMetagenerationMatch)), ("prettyPrint", "false")))
        {
            // Of a name that is gone nothing more can be deleted but what bears it anew; that is not empty for long.
            IsConditioned = true,
            NotFound = _ => Errors.BucketNotFound(name),
            Special = refusal => refusal.Status == 409 ? Errors.BucketNotEmpty(name) : null,
        };
        try
        {
            (await client.SendAsync(request, call).ConfigureAwait(false)).Dispose();
        }
        catch (GcpException failure) when (failure is { StatusCode: 404, FollowsLostAnswer: true })
        {
            // That is what the lost try did.
        }
    }

    public async Task<bool> TestAsync(string name, EngineCall call)
    {
        try
        {
            ApiRequest request = new(
                StorageApi.BucketsGet,
                StorageApi.BucketsGet.Format([Names.Bucket(name)], ("projection", "noAcl"), ("prettyPrint", "false"), ("fields", "name")))
            {
                NotFound = _ => Errors.BucketNotFound(name),
            };
            (await client.SendAsync(request, call).ConfigureAwait(false)).Dispose();
            return true;
        }
        catch (GcpException failure) when (failure.StatusCode == 404 && failure.ErrorId == nameof(Errors.BucketNotFound))
        {
            return false;
        }
    }

    private Task<GcsBucket> PatchAsync(string name, Dictionary<string, object?> patch, long? metageneration, EngineCall call) => client.SendAsync(
        new ApiRequest(
            StorageBucketsApi.Patch,
            StorageBucketsApi.Patch.Format(
                [name], ("ifMetagenerationMatch", Text(metageneration)), ("projection", "noAcl"), ("prettyPrint", "false"), ("fields", BucketReader.Fields)))
        {
            Json = JsonBody.Write(patch),
            IsConditioned = metageneration is not null,
            NotFound = _ => Errors.BucketNotFound(name),
        },
        BucketReader.Read,
        call);

    // Nobody can undo it: only the period that was seen is locked.
    private async Task<GcsBucket> LockAsync(GcsBucket bucket, EngineCall call)
    {
        GcsBucket seen = bucket;
        for (int reading = 1; !seen.RetentionLocked; reading++)
        {
            ApiRequest request = new(
                StorageBucketsApi.LockRetentionPolicy,
                StorageBucketsApi.LockRetentionPolicy.Format(
                    [bucket.Name], ("ifMetagenerationMatch", Text(seen.Metageneration)), ("prettyPrint", "false"), ("fields", BucketReader.Fields)))
            {
                IsConditioned = true,
                NotFound = _ => Errors.BucketNotFound(bucket.Name),
            };
            try
            {
                return await client.SendAsync(request, BucketReader.Read, call).ConfigureAwait(false);
            }
            catch (GcpException failure) when (failure.StatusCode == 412 && reading < MostReadings)
            {
                seen = await GetBucketAsync(bucket.Name, call).ConfigureAwait(false);
                if (seen.RetentionPeriod != bucket.RetentionPeriod)
                {
                    throw Errors.RetentionChanged(bucket.Name);
                }
            }
        }

        return seen;
    }

    // The bucket, where it is what was asked for; null where it is not.
    private async Task<GcsBucket?> FindAsync(string name, Dictionary<string, object?> wanted, long? metageneration, EngineCall call)
    {
        try
        {
            string path = StorageApi.BucketsGet.Format([name], ("projection", "noAcl"), ("prettyPrint", "false"));
            object? resource = await client.SendAsync(
                new ApiRequest(StorageApi.BucketsGet, path) { NotFound = _ => Errors.BucketNotFound(name) }, ReadValue, call).ConfigureAwait(false);
            GcsBucket bucket = await GetBucketAsync(name, call).ConfigureAwait(false);
            return JsonHolds.Of(wanted, resource) && bucket.Metageneration == metageneration ? bucket : null;
        }
        catch (GcpException failure) when (failure.StatusCode is 403 or 404)
        {
            return null;
        }
    }

    private static bool IsAnothersChange(GcpException failure) =>
        failure.ErrorId is nameof(Errors.PreconditionFailed) or nameof(Errors.Conflict);

    private static object? ReadValue(ref JsonCursor json) => json.Value();

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
