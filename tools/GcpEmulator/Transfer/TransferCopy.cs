using System.Text.Json.Nodes;
using GcpEmulator.Storage;

namespace GcpEmulator.Transfer;

/// <summary>The work of a run: bucket to bucket, as its specification says (discovery document of storagetransfer v1, TransferSpec).</summary>
internal sealed class TransferCopy(CloudState state, TransferRun run)
{
    public void Execute()
    {
        JsonObject spec = run.Spec;
        (ObjectStore from, _, string fromPath) = Place(spec["gcsDataSource"]);
        (ObjectStore to, EmulatedBucket settings, string toPath) = Place(spec["gcsDataSink"]);
        JsonNode? options = spec["transferOptions"];
        bool overwrites = Is(options, "overwriteObjectsAlreadyExistingInSink") || options?["overwriteWhen"]?.ToString() == "ALWAYS";
        bool never = options?["overwriteWhen"]?.ToString() == "NEVER";
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (StoredObject source in from.List(new ListQuery { Prefix = fromPath, MaxResults = int.MaxValue }).Items)
        {
            string name = source.Name[fromPath.Length..];
            if (!Included(name, spec["objectConditions"]))
            {
                continue;
            }

            wanted.Add(toPath + name);
            run.Count("objectsFoundFromSource", 1);
            run.Count("bytesFoundFromSource", source.Content.Length);
            StoredObject? there = to.Find(toPath + name);
            if (state.Transfers.FailureOf(source.Name) is { } failure)
            {
                run.Count("objectsFromSourceFailed", 1);
                run.Count("bytesFromSourceFailed", source.Content.Length);
                run.Fail(failure.Code, $"gs://{source.Bucket}/{source.Name}", failure.Detail);
                continue;
            }

            bool differs = there is null || there.Crc32C != source.Crc32C || there.Content.Length != source.Content.Length;
            if (there is not null && (never || (!differs && !overwrites)))
            {
                run.Count("objectsFromSourceSkippedBySync", 1);
                run.Count("bytesFromSourceSkippedBySync", source.Content.Length);
            }
            else
            {
                to.Put(Drafts.From(source, toPath + name), settings);
                run.Count("objectsCopiedToSink", 1);
                run.Count("bytesCopiedToSink", source.Content.Length);
            }

            if (Is(options, "deleteObjectsFromSourceAfterTransfer"))
            {
                from.Delete(source.Name, null, state.Buckets.Find(source.Bucket)!);
                run.Count("objectsDeletedFromSource", 1);
            }
        }

        if (Is(options, "deleteObjectsUniqueInSink"))
        {
            // "Only objects that satisfy these object conditions are included in the set of data source and data sink objects."
            foreach (StoredObject extra in to.List(new ListQuery { Prefix = toPath, MaxResults = int.MaxValue }).Items
                .Where(o => !wanted.Contains(o.Name) && Included(o.Name[toPath.Length..], spec["objectConditions"])))
            {
                to.Delete(extra.Name, null, settings);
                run.Count("objectsDeletedFromSink", 1);
            }
        }
    }

    private (ObjectStore Store, EmulatedBucket Settings, string Path) Place(JsonNode? node)
    {
        string bucket = node?["bucketName"]?.ToString() ?? string.Empty;
        ObjectStore store = state.Buckets.Contents(bucket)?.Objects ?? throw StorageException.NoBucket();
        return (store, state.Buckets.Find(bucket)!, node?["path"]?.ToString() ?? string.Empty);
    }

    private static bool Included(string name, JsonNode? conditions)
    {
        string[] includes = Strings(conditions?["includePrefixes"]), excludes = Strings(conditions?["excludePrefixes"]);
        return (includes.Length == 0 || includes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
            && !excludes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
    }

    private static string[] Strings(JsonNode? node) => [.. (node as JsonArray)?.Select(i => i?.ToString() ?? string.Empty) ?? []];

    private static bool Is(JsonNode? node, string name) => node?[name]?.ToString() == "true";
}
