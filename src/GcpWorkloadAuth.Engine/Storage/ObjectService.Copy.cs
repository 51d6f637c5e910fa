using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Copying on the server.</content>
internal sealed partial class ObjectService
{
    /// <summary>
    /// Copies one generation. What is at the destination is replaced only as it was seen, and a lost answer is settled by comparing what is
    /// there with what was meant to be.
    /// </summary>
    public async Task<GcsObject> CopyAsync(ObjectCopy copy, EngineCall call)
    {
        GcsObject source = await KnownAsync(copy.Source, copy.SourceKey, !copy.Changes.IsEmpty, call).ConfigureAwait(false);
        return await ReplaceAsync(
            copy.Destination,
            copy.IfGenerationMatch,
            copy.NoClobber,
            copy.Key,
            seen => RewriteAsync(copy, source, seen, call),
            there => IsSameContent(source, there) && ObjectBody.IsDone(copy.Changes, there),
            call).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes an object on condition that the destination is as it was seen: first as if nothing were there, which is mostly so and costs no
    /// request, then on the generation that is.
    /// </summary>
    private async Task<GcsObject> ReplaceAsync(
        ObjectAddress destination,
        long? given,
        bool noClobber,
        CustomerKey? key,
        System.Func<long, Task<GcsObject>> make,
        System.Func<GcsObject, bool> isMade,
        EngineCall call)
    {
        long seen = given ?? 0;
        for (int reread = 0; ; reread++)
        {
            try
            {
                return await make(seen).ConfigureAwait(false);
            }
            catch (GcpException failure) when (failure.StatusCode == 412)
            {
                GcsObject? there = await FindAsync(destination, key, call).ConfigureAwait(false);
                if (failure.FollowsLostAnswer && there is not null && there.Generation != seen && isMade(there))
                {
                    return there;
                }

                if (noClobber && there is not null)
                {
                    throw Errors.ObjectExists(destination.ToString());
                }

                if (given is not null || reread >= MaxRereads)
                {
                    throw;
                }

                seen = there?.Generation ?? 0;
            }
        }
    }

    private async Task<GcsObject> RewriteAsync(ObjectCopy copy, GcsObject source, long seen, EngineCall call)
    {
        List<KeyValuePair<string, string>> headers = [.. copy.Key?.Headers() ?? [], .. copy.SourceKey?.SourceHeaders() ?? []];
        byte[]? body = ObjectBody.Copy(copy.Changes, source);
        string[] from = PathOf(new ObjectAddress(source.Bucket, source.Name));
        string[] to = PathOf(copy.Destination);
        string? token = null;
        while (true)
        {
            string path = StorageObjectsApi.Rewrite.Format(
                [.. from, .. to],
                ("sourceGeneration", Text(source.Generation)),
                ("ifGenerationMatch", Text(seen)),
                ("destinationKmsKeyName", copy.KmsKeyName),
                ("rewriteToken", token),
                ("projection", "noAcl"),
                ("prettyPrint", "false"),
                ("fields", RewriteAnswer.Fields));
            ApiRequest request = new(StorageObjectsApi.Rewrite, path)
            {
                Json = body,
                Headers = headers,
                IsConditioned = true,
                NotFound = refusal => NotFoundOf(refusal, AddressOf(source), copy.Destination),
            };
            RewriteAnswer answer = await client.SendAsync(request, RewriteAnswer.Read, call).ConfigureAwait(false);
            copy.Progress?.Invoke(answer.BytesDone, answer.Bytes);
            if (answer.Resource is { } made)
            {
                // Hashes of what has a customer's key come only to who shows the key.
                made = made.Crc32C is null && copy.Key is not null
                    ? await GetAsync(copy.Destination with { Generation = made.Generation }, copy.Key, call).ConfigureAwait(false)
                    : made;
                return IsSameContent(source, made) ? made : throw Errors.CopyDiffers(source.Uri, copy.Destination.ToString());
            }

            if (!answer.IsDone && answer.Token is null)
            {
                throw Errors.ResponseTruncated(StorageObjectsApi.Rewrite.Service.Title);
            }

            token = answer.Token;
        }
    }

    /// <summary>What was only named is looked up: its generation, its content's length and hash, what it says of itself.</summary>
    private async Task<GcsObject> KnownAsync(GcsObject item, CustomerKey? key, bool needsMetadata, EngineCall call)
    {
        if (item.SoftDeletionTime is not null)
        {
            throw Errors.SoftDeletedObject(new ObjectAddress(item.Bucket, item.Name, item.Generation).ToString());
        }

        // Objects from a job do not bring their metadata along, and hashes of what has a customer's key are not listed.
        bool isKnown = item is { IsNamedOnly: false, Generation: not null, Size: not null, Crc32C: not null };
        if (isKnown && (item.IsComplete || !needsMetadata))
        {
            return item;
        }

        GcsObject found = await GetAsync(AddressOf(item), key, call).ConfigureAwait(false);
        DemandGeneration(item, found);
        return found;
    }

    private async Task<GcsObject?> FindAsync(ObjectAddress address, CustomerKey? key, EngineCall call)
    {
        try
        {
            return await GetAsync(address, key, call).ConfigureAwait(false);
        }
        catch (GcpException failure) when (failure.IsMissing)
        {
            return null;
        }
    }

    private static bool IsSameContent(GcsObject one, GcsObject other) =>
        one.Size == other.Size && one.Crc32C == other.Crc32C;

    // Of two addresses, the one that is missing: Google says "No such object" of the one and "bucket" of the other.
    private static GcpException NotFoundOf(ApiRefusal refusal, ObjectAddress source, ObjectAddress destination) =>
        refusal.Message.IndexOf("bucket does not exist", System.StringComparison.OrdinalIgnoreCase) >= 0
            ? Errors.BucketNotFound(destination.Bucket)
            : NotFound(source);
}
