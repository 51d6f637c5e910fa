using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Moving and renaming.</content>
internal sealed partial class ObjectService
{
    /// <summary>
    /// Moves an object: in one step within a bucket where the service does that, else by a copy whose content is compared before the source is
    /// deleted, as it was copied and no other.
    /// </summary>
    public async Task<GcsObject> MoveAsync(ObjectCopy move, EngineCall call)
    {
        GcsObject source = await KnownAsync(move.Source, move.SourceKey, !move.Changes.IsEmpty, call).ConfigureAwait(false);
        if (source.DeletionTime is not null)
        {
            throw Errors.NoncurrentUnchangeable(AddressOf(source).ToString());
        }

        ObjectCopy pinned = move with { Source = source };
        bool isRename = source.Bucket == move.Destination.Bucket && move.Changes.IsEmpty && move.KmsKeyName is null && move.Key is null;
        if (isRename && await TryRenameAsync(pinned, source, call).ConfigureAwait(false) is { } moved)
        {
            return moved;
        }

        GcsObject copy = await CopyAsync(pinned, call).ConfigureAwait(false);
        GcpException?[] outcome = await DeleteAsync(
            [new ObjectDeletion(new ObjectAddress(source.Bucket, source.Name)) { IfGenerationMatch = source.Generation }], call)
            .ConfigureAwait(false);
        return outcome[0] is { } failure ? throw Errors.MoveLeftSource(source.Uri, move.Destination.ToString(), failure.Message, failure.Kind, failure) : copy;
    }

    // Null where the service does not move within this bucket.
    private async Task<GcsObject?> TryRenameAsync(ObjectCopy move, GcsObject source, EngineCall call)
    {
        try
        {
            return await ReplaceAsync(
                move.Destination,
                move.IfGenerationMatch,
                move.NoClobber,
                move.SourceKey,
                seen => RenameAsync(move, source, seen, call),
                there => IsSameContent(source, there),
                call).ConfigureAwait(false);
        }
        catch (GcpException failure) when (IsNoRename(failure))
        {
            return null;
        }
    }

    private async Task<GcsObject> RenameAsync(ObjectCopy move, GcsObject source, long seen, EngineCall call)
    {
        string path = StorageObjectsApi.Move.Format(
            [Names.Bucket(source.Bucket), Names.Object(source.Name), Names.Object(move.Destination.Name)],
            ("ifSourceGenerationMatch", Text(source.Generation)),
            ("ifGenerationMatch", Text(seen)),
            ("projection", "noAcl"),
            ("prettyPrint", "false"),
            ("fields", ObjectReader.Fields));
        ApiRequest request = new(StorageObjectsApi.Move, path) { IsConditioned = true, NotFound = _ => NotFound(AddressOf(source)) };
        try
        {
            return await client.SendAsync(request, ObjectReader.Read, call).ConfigureAwait(false);
        }
        catch (GcpException failure) when (failure.IsMissing || failure.StatusCode == 412)
        {
            // Of two conditions, which one? And after a lost answer the source is gone because it was moved.
            GcsObject? now = await FindAsync(AddressOf(source) with { Generation = null }, move.SourceKey, call).ConfigureAwait(false);
            if (now?.Generation == source.Generation)
            {
                throw;
            }

            GcsObject? there = failure.FollowsLostAnswer
                ? await FindAsync(move.Destination, move.SourceKey, call).ConfigureAwait(false)
                : null;
            if (there is not null && there.Generation != seen && IsSameContent(source, there))
            {
                return there;
            }

            throw now is null ? NotFound(AddressOf(source)) : Errors.ObjectChanged(AddressOf(source).ToString());
        }
    }

    // A refusal of the method itself; a hold or a policy that keeps the source would refuse the other way as well, behind a copy.
    private static bool IsNoRename(GcpException failure) =>
        failure.StatusCode is 400 or 405 or 501
        || (failure.StatusCode == 403 && failure.Message.IndexOf("storage.objects.move", System.StringComparison.Ordinal) >= 0);
}
