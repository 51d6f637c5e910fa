using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Deleting, many at a time.</content>
internal sealed partial class ObjectService
{
    /// <summary>
    /// Deletes objects. What names neither a generation nor a condition is looked up first, so that only what was there is deleted.
    /// </summary>
    /// <returns>For each item what went wrong; null where it is gone.</returns>
    public async Task<GcpException?[]> DeleteAsync(IReadOnlyList<ObjectDeletion> items, EngineCall call)
    {
        ObjectBatch batch = new(client);
        GcpException?[] outcomes = new GcpException?[items.Count];
        ObjectDeletion[] pinned = await PinAsync(items, outcomes, batch, call).ConfigureAwait(false);
        List<BatchCall> calls = [];
        List<int> places = [];
        for (int i = 0; i < pinned.Length; i++)
        {
            if (outcomes[i] is null && TryMake(() => new BatchCall(DeletionOf(pinned[i])), out BatchCall? one, out outcomes[i]))
            {
                calls.Add(one!);
                places.Add(i);
            }
        }

        await batch.SendAsync(calls, call).ConfigureAwait(false);
        for (int i = 0; i < calls.Count; i++)
        {
            // Gone, or another generation since: after a lost answer that is what the lost try did.
            GcpException? failure = calls[i].Failure;
            outcomes[places[i]] = failure is { FollowsLostAnswer: true } && (failure.IsMissing || failure.StatusCode == 412) ? null : failure;
        }

        return outcomes;
    }

    // Looks up the live generation of what has none.
    private static async Task<ObjectDeletion[]> PinAsync(
        IReadOnlyList<ObjectDeletion> items, GcpException?[] outcomes, ObjectBatch batch, EngineCall call)
    {
        ObjectDeletion[] pinned = new ObjectDeletion[items.Count];
        List<BatchCall> calls = [];
        List<int> places = [];
        for (int i = 0; i < pinned.Length; i++)
        {
            ObjectDeletion item = pinned[i] = items[i];
            int place = i;
            if (item.Address.Generation is null && item.IfGenerationMatch is null
                && TryMake(
                    () => new BatchCall(
                        GenerationOf(item.Address),
                        BatchCall.Into(ObjectReader.Read, found => pinned[place] = item with { IfGenerationMatch = found.Generation })),
                    out BatchCall? one,
                    out outcomes[i]))
            {
                calls.Add(one!);
                places.Add(i);
            }
        }

        await batch.SendAsync(calls, call).ConfigureAwait(false);
        for (int i = 0; i < calls.Count; i++)
        {
            // Who may delete and not read deletes what is there, once.
            outcomes[places[i]] = calls[i].Failure is { StatusCode: 403 } ? null : calls[i].Failure;
        }

        return pinned;
    }

    private static ApiRequest GenerationOf(ObjectAddress address) =>
        new(
            StorageObjectsApi.Get,
            StorageObjectsApi.Get.Format(PathOf(address), ("projection", "noAcl"), ("prettyPrint", "false"), ("fields", "name,generation")))
        {
            NotFound = _ => NotFound(address),
        };

    private static ApiRequest DeletionOf(ObjectDeletion item) =>
        new(
            StorageObjectsApi.Delete,
            StorageObjectsApi.Delete.Format(
                PathOf(item.Address),
                ("generation", Text(item.Address.Generation)),
                ("ifGenerationMatch", Text(item.IfGenerationMatch)),
                ("ifMetagenerationMatch", Text(item.IfMetagenerationMatch)),
                ("prettyPrint", "false")))
        {
            IsConditioned = item.Address.Generation is not null || item.IfGenerationMatch is not null,
            NotFound = _ => NotFound(item.Address),
        };

    // A name that cannot be one is that item's failure.
    private static bool TryMake(System.Func<BatchCall> make, out BatchCall? made, out GcpException? failure)
    {
        made = null;
        failure = null;
        try
        {
            made = make();
        }
        catch (GcpException refused)
        {
            failure = refused;
        }

        return made is not null;
    }
}
