using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>Putting objects together.</content>
internal sealed partial class ObjectService
{
    // Source: https://cloud.google.com/storage/docs/json_api/v1/objects/compose, "up to 32".
    private const int MaxSources = 32;
    private const int LookupsAtOnce = 16;
    private static readonly TimeSpan s_cleanUp = TimeSpan.FromMilliseconds(700);

    /// <summary>
    /// Puts objects together in their order. More than 32 go by way of temporary objects, which are removed in the end: the destination is never
    /// seen half-made.
    /// </summary>
    public async Task<GcsObject> ComposeAsync(ObjectComposition composition, EngineCall call)
    {
        List<GcsObject> sources = await KnownAsync(composition, call).ConfigureAwait(false);
        List<GcsObject> temporary = [];
        GcsObject whole;
        try
        {
            IReadOnlyList<GcsObject> parts = sources;
            for (int level = 0; parts.Count > MaxSources; level++)
            {
                parts = await StepAsync(composition, parts, temporary, call).ConfigureAwait(false);
            }

            whole = await ReplaceAsync(
                composition.Destination,
                null,
                composition.NoClobber,
                composition.Key,
                seen => ComposeOnceAsync(composition, parts, composition.Destination, seen, call),
                there => there.Size == SizeOf(sources) && there.ComponentCount >= parts.Count,
                call).ConfigureAwait(false);
        }
        finally
        {
            await RemoveAsync(temporary, call).ConfigureAwait(false);
        }

        if (whole.Size != SizeOf(sources))
        {
            throw Errors.CopyDiffers(sources[0].Uri, composition.Destination.ToString());
        }

        if (composition.DeletesSources)
        {
            await DeleteSourcesAsync(sources, composition.Destination, call).ConfigureAwait(false);
        }

        return whole;
    }

    // Groups of 32 become temporary objects, each under a name that nobody has.
    private async Task<IReadOnlyList<GcsObject>> StepAsync(
        ObjectComposition composition, IReadOnlyList<GcsObject> parts, List<GcsObject> temporary, EngineCall call)
    {
        List<GcsObject> groups = [];
        string stem = composition.Destination.Name.Length > 200 ? "join" : composition.Destination.Name;
        for (int at = 0; at < parts.Count; at += MaxSources)
        {
            List<GcsObject> group = [];
            for (int i = at; i < parts.Count && i < at + MaxSources; i++)
            {
                group.Add(parts[i]);
            }

            if (group.Count == 1)
            {
                groups.Add(group[0]);
                continue;
            }

            string name = stem + ".join-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
            ObjectAddress address = composition.Destination with { Name = name, Generation = null };
            GcsObject made = await ReplaceAsync(
                address,
                null,
                noClobber: false,
                composition.Key,
                seen => ComposeOnceAsync(composition, group, address, seen, call),
                there => there.Size == SizeOf(group),
                call).ConfigureAwait(false);
            temporary.Add(made);
            groups.Add(made);
        }

        return groups;
    }

    private Task<GcsObject> ComposeOnceAsync(
        ObjectComposition composition, IReadOnlyList<GcsObject> parts, ObjectAddress address, long seen, EngineCall call)
    {
        List<object?> sources = [];
        foreach (GcsObject part in parts)
        {
            sources.Add(new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = part.Name, ["generation"] = Text(part.Generation) });
        }

        // The content's type is that of the first, unless told otherwise; other metadata is not taken over.
        GcsObject like = new() { ContentType = parts[0].ContentType };
        Dictionary<string, object?> body = new(StringComparer.Ordinal)
        {
            ["sourceObjects"] = sources,
            ["destination"] = ObjectBody.Resource(composition.Changes, like),
        };
        string path = StorageObjectsApi.Compose.Format(
            PathOf(address),
            ("ifGenerationMatch", Text(seen)),
            ("kmsKeyName", composition.KmsKeyName),
            ("prettyPrint", "false"),
            ("fields", ObjectReader.Fields));
        ApiRequest request = new(StorageObjectsApi.Compose, path)
        {
            Json = JsonBody.Write(body),
            Headers = [.. composition.Key?.Headers() ?? []],
            IsConditioned = true,

            // Google says which source it is.
            NotFound = refusal => Errors.SourceNotFound(address.ToString(), refusal.Message),
        };
        return client.SendAsync(request, ObjectReader.Read, call);
    }

    private async Task<List<GcsObject>> KnownAsync(ObjectComposition composition, EngineCall call)
    {
        List<GcsObject> known = [];
        Queue<Task<GcsObject>> running = new();
        foreach (GcsObject source in composition.Sources)
        {
            if (running.Count >= LookupsAtOnce)
            {
                known.Add(await running.Dequeue().ConfigureAwait(false));
            }

            running.Enqueue(KnownAsync(source, composition.Key, needsMetadata: false, call));
        }

        while (running.Count > 0)
        {
            known.Add(await running.Dequeue().ConfigureAwait(false));
        }

        return known;
    }

    // Also when the work was stopped: then there is less than a second for it.
    private async Task RemoveAsync(List<GcsObject> temporary, EngineCall call)
    {
        if (temporary.Count == 0)
        {
            return;
        }

        using CancellationTokenSource limit = new();
        bool isStopped = call.Stopping.IsCancellationRequested;
        if (isStopped)
        {
            limit.CancelAfter(s_cleanUp);
        }

        List<ObjectDeletion> items = temporary.ConvertAll(
            static o => new ObjectDeletion(new ObjectAddress(o.Bucket, o.Name)) { IfGenerationMatch = o.Generation });
        try
        {
            GcpException?[] outcomes = await DeleteAsync(items, new EngineCall(call.Events, isStopped ? limit.Token : call.Stopping))
                .ConfigureAwait(false);
            for (int i = 0; i < outcomes.Length; i++)
            {
                if (outcomes[i] is not null)
                {
                    call.Events.Warning(nameof(Strings.WarnTemporaryLeft), temporary[i].Uri);
                }
            }
        }
        catch (Exception e) when (e is GcpException or OperationCanceledException)
        {
            // What ended the work is what is said.
            foreach (GcsObject left in temporary)
            {
                call.Events.Warning(nameof(Strings.WarnTemporaryLeft), left.Uri);
            }
        }
    }

    private async Task DeleteSourcesAsync(List<GcsObject> sources, ObjectAddress destination, EngineCall call)
    {
        // One of the sources can be the destination: appending.
        List<GcsObject> gone = sources.FindAll(s => s.Name != destination.Name);
        List<ObjectDeletion> items = gone.ConvertAll(
            static o => new ObjectDeletion(new ObjectAddress(o.Bucket, o.Name, o.DeletionTime is null ? null : o.Generation))
            {
                IfGenerationMatch = o.DeletionTime is null ? o.Generation : null,
            });
        GcpException?[] outcomes = await DeleteAsync(items, call).ConfigureAwait(false);
        int failed = Array.FindIndex(outcomes, static o => o is not null);
        if (failed >= 0)
        {
            GcpException why = outcomes[failed]!;
            throw Errors.MoveLeftSource(gone[failed].Uri, destination.ToString(), why.Message, why.Kind, why);
        }
    }

    private static long SizeOf(IReadOnlyList<GcsObject> parts)
    {
        long size = 0;
        foreach (GcsObject part in parts)
        {
            size += part.Size ?? 0;
        }

        return size;
    }
}
