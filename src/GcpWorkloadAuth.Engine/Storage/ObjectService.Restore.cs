using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Bringing soft-deleted objects back.</content>
internal sealed partial class ObjectService
{
    /// <summary>Restores a soft-deleted generation; it becomes a new live one.</summary>
    public async Task<GcsObject> RestoreAsync(ObjectRestoration restoration, EngineCall call)
    {
        GcsObject target = restoration.Target;
        GcsObject gone = target switch
        {
            { SoftDeletionTime: not null, Generation: not null } => target,
            { Generation: not null } => await GetAsync(SoftDeleted(target, target.Generation), call).ConfigureAwait(false),
            _ => await OnlySoftDeletedAsync(target, call).ConfigureAwait(false),
        };
        ObjectAddress live = new(target.Bucket, target.Name);
        return await ReplaceAsync(
            live,
            null,
            restoration.NoClobber,
            null,
            seen => client.SendAsync(RestorationOf(gone, seen), ObjectReader.Read, call),
            there => IsSameContent(gone, there),
            call).ConfigureAwait(false);
    }

    private static ObjectAddress SoftDeleted(GcsObject item, long? generation) => new(item.Bucket, item.Name, generation) { IsSoftDeleted = true };

    private async Task<GcsObject> OnlySoftDeletedAsync(GcsObject target, EngineCall call)
    {
        List<GcsObject> found = [];
        ObjectQuery query = new() { Bucket = target.Bucket, Prefix = target.Name, SoftDeleted = true };
        string? token = null;
        do
        {
            ObjectPage page = await ListAsync(query, token, call).ConfigureAwait(false);
            token = page.NextPageToken;
            foreach (GcsObject item in page.Items)
            {
                if (item.Name != target.Name)
                {
                    // Its generations come before all that only begins with its name.
                    token = null;
                    break;
                }

                found.Add(item);
            }
        }
        while (!string.IsNullOrEmpty(token));
        return found.Count switch
        {
            0 => throw Errors.NoSoftDeletedObject(target.Uri),
            1 => found[0],
            _ => throw Errors.GenerationAmbiguous(target.Uri, string.Join(", ", found.ConvertAll(o => Text(o.Generation)))),
        };
    }

    private static ApiRequest RestorationOf(GcsObject gone, long seen) =>
        new(
            StorageObjectsApi.Restore,
            StorageObjectsApi.Restore.Format(
                PathOf(new ObjectAddress(gone.Bucket, gone.Name)),
                ("generation", Text(gone.Generation)),
                ("ifGenerationMatch", Text(seen)),
                ("projection", "noAcl"),
                ("prettyPrint", "false"),
                ("fields", ObjectReader.Fields)))
        {
            IsConditioned = true,
            NotFound = _ => NotFound(new ObjectAddress(gone.Bucket, gone.Name, gone.Generation)),
        };
}
