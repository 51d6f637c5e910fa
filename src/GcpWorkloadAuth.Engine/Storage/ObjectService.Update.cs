using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Changing what is said about an object.</content>
internal sealed partial class ObjectService
{
    // How often a change is made anew on what somebody else changed meanwhile.
    private const int MaxRereads = 5;

    /// <summary>
    /// Changes metadata on condition that it is still what was seen; where it is not, it is read again. The storage class changes by writing
    /// the object over itself, which makes a new generation.
    /// </summary>
    public async Task<GcsObject> UpdateAsync(ObjectUpdate update, EngineCall call)
    {
        ObjectChanges changes = update.Changes;
        GcsObject target = update.Target;
        if (!changes.IsStorageClassOnly)
        {
            target = await PatchAsync(target, changes with { StorageClass = null }, call).ConfigureAwait(false);
        }

        return changes.StorageClass is null ? target : await ChangeClassAsync(target, changes.StorageClass, call).ConfigureAwait(false);
    }

    private async Task<GcsObject> PatchAsync(GcsObject target, ObjectChanges changes, EngineCall call)
    {
        ObjectAddress address = AddressOf(target);
        bool needsNames = changes.Metadata is not null;
        GcsObject seen = target.Metageneration is null || needsNames ? await GetAsync(address, call).ConfigureAwait(false) : target;
        for (int reread = 0; ; reread++)
        {
            DemandGeneration(target, seen);
            try
            {
                return await client.SendAsync(PatchOf(address, seen, changes), ObjectReader.Read, call).ConfigureAwait(false);
            }
            catch (GcpException failure) when (failure.StatusCode == 412)
            {
                seen = await GetAsync(address, call).ConfigureAwait(false);
                DemandGeneration(target, seen);
                if (failure.FollowsLostAnswer && ObjectBody.IsDone(changes, seen))
                {
                    return seen;
                }

                if (reread >= MaxRereads)
                {
                    throw;
                }
            }
        }
    }

    private async Task<GcsObject> ChangeClassAsync(GcsObject target, string storageClass, EngineCall call)
    {
        ObjectAddress address = AddressOf(target);
        for (int reread = 0; ; reread++)
        {
            GcsObject seen = await GetAsync(address, call).ConfigureAwait(false);
            DemandGeneration(target, seen);
            if (seen.DeletionTime is not null)
            {
                throw Errors.NoncurrentUnchangeable(address.ToString());
            }

            if (string.Equals(seen.StorageClass, storageClass, System.StringComparison.OrdinalIgnoreCase))
            {
                return seen;
            }

            ObjectCopy copy = new(seen, address with { Generation = null })
            {
                Changes = new ObjectChanges { StorageClass = storageClass },
                IfGenerationMatch = seen.Generation,
                KmsKeyName = KeyNameOf(seen),
            };
            try
            {
                return await CopyAsync(copy, call).ConfigureAwait(false);
            }
            catch (GcpException failure) when (failure.StatusCode == 412 && reread < MaxRereads && target.IsNamedOnly && target.Generation is null)
            {
                // Overwritten between reading and writing: what is there now is meant.
            }
        }
    }

    // What was listed as live is meant as it was listed.
    private static void DemandGeneration(GcsObject target, GcsObject seen)
    {
        if (target.Generation is { } generation && seen.Generation != generation)
        {
            throw Errors.ObjectChanged(new ObjectAddress(target.Bucket, target.Name, generation).ToString());
        }
    }

    // A key's version is what the server adds.
    private static string? KeyNameOf(GcsObject item)
    {
        int version = item.KmsKeyName?.IndexOf("/cryptoKeyVersions/", System.StringComparison.Ordinal) ?? -1;
        return version < 0 ? item.KmsKeyName : item.KmsKeyName!.Substring(0, version);
    }

    private static ApiRequest PatchOf(ObjectAddress address, GcsObject seen, ObjectChanges changes) =>
        new(
            StorageObjectsApi.Patch,
            StorageObjectsApi.Patch.Format(
                PathOf(address),
                ("generation", Text(address.Generation)),
                ("ifGenerationMatch", address.Generation is null ? Text(seen.Generation) : null),
                ("ifMetagenerationMatch", Text(seen.Metageneration)),
                ("projection", "noAcl"),
                ("prettyPrint", "false"),
                ("fields", ObjectReader.Fields)))
        {
            Json = ObjectBody.Patch(changes, seen),
            IsConditioned = true,
            NotFound = _ => NotFound(address),
        };

    /// <summary>The address of what was listed or named: with the generation where that one is meant and not the live object.</summary>
    private static ObjectAddress AddressOf(GcsObject item) =>
        new(item.Bucket, item.Name, item.IsNamedOnly || item.DeletionTime is not null ? item.Generation : null);
}
