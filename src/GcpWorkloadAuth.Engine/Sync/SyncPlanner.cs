using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>Compares two places and says what would make the second equal to the first.</summary>
/// <param name="objects">The objects of Cloud Storage.</param>
/// <param name="hash">The CRC32C of a file, as Google writes it.</param>
/// <param name="request">What shall be equal to what.</param>
/// <param name="call">Whom to tell, when to stop.</param>
internal sealed class SyncPlanner(ObjectService objects, Func<string, EngineCall, Task<string>> hash, SyncRequest request, EngineCall call)
{
    private const int MostClashes = 20;
    private readonly SyncPlan _plan = new();

    public async Task<SyncPlan> PlanAsync()
    {
        // Both sides at once. A list that fails ends it all: what is not known to be there must not be deleted.
        Task<SyncSide> source = ReadAsync(request.Source, isSource: true);
        Task<SyncSide> destination = ReadAsync(request.Destination, isSource: false);
        await Task.WhenAll(source, destination).ConfigureAwait(false);
        SyncSide from = await source.ConfigureAwait(false);
        SyncSide to = await destination.ConfigureAwait(false);
        Take(from);
        Take(to);
        if (request.Deletes && from.Count == 0 && !request.AllowsEmptySource)
        {
            throw Errors.SyncSourceEmpty(request.Source.ToString());
        }

        if (request.Destination.IsLocal)
        {
            RefuseClashes(from);
        }

        foreach (string name in from.Names)
        {
            await CompareAsync(name, from, to).ConfigureAwait(false);
        }

        if (request.Deletes && _plan.IsComplete)
        {
            PlanDeletions(from, to);
        }

        return _plan;
    }

    private Task<SyncSide> ReadAsync(SyncPlace place, bool isSource) =>
        place.IsLocal ? Task.Run(() => ReadFiles(place.Folder!, isSource)) : ReadObjectsAsync(place);

    private SyncSide ReadFiles(string folder, bool isSource)
    {
        LocalTree tree = LocalTree.Read(folder, request.FollowsLinks, isSource, call);
        SyncSide side = new();
        foreach (KeyValuePair<string, LocalFile> file in tree.Files)
        {
            if (request.IsWanted(file.Key))
            {
                side.Files[file.Key] = file.Value;
            }
        }

        side.SkippedLinks = tree.SkippedLinks;
        side.Problems = tree.Problems;
        return side;
    }

    private async Task<SyncSide> ReadObjectsAsync(SyncPlace place)
    {
        SyncSide side = new();
        ObjectPager pager = new(objects, new ObjectQuery { Bucket = place.Bucket!, Prefix = place.Prefix.Length > 0 ? place.Prefix : null });
        while (await pager.NextAsync(call).ConfigureAwait(false) is { } page)
        {
            foreach (GcsObject item in page.Items)
            {
                // What only stands for a folder has no content, and no file can have such a name.
                string name = item.Name.Substring(place.Prefix.Length);
                if (name.Length > 0 && !(name[name.Length - 1] == '/' && item.Size is 0 or null) && request.IsWanted(name))
                {
                    side.Objects[name] = item;
                }
            }
        }

        return side;
    }

    private void Take(SyncSide side)
    {
        _plan.SkippedLinks.AddRange(side.SkippedLinks);
        _plan.Problems.AddRange(side.Problems);
        _plan.IsComplete &= side.Problems.Count == 0;
    }

    private void RefuseClashes(SyncSide from)
    {
        List<(string One, string Other)> clashes = NameClashes.Find(from.Names, LocalNames.IgnoresCase, MostClashes);
        if (clashes.Count > 0)
        {
            throw Errors.SyncNamesClash(
                request.Destination.ToString(), string.Join("; ", clashes.ConvertAll(static c => "'" + c.One + "' and '" + c.Other + "'")));
        }
    }

    private async Task CompareAsync(string name, SyncSide from, SyncSide to)
    {
        call.Stopping.ThrowIfCancellationRequested();
        try
        {
            SyncItem? item = request.Source.IsLocal
                ? await CompareFileAsync(name, from.Files[name], to).ConfigureAwait(false)
                : request.Destination.IsLocal
                    ? await CompareToFileAsync(name, from.Objects[name], to).ConfigureAwait(false)
                    : CompareObjects(name, from.Objects[name], to);
            if (item is null)
            {
                _plan.Unchanged++;
            }
            else
            {
                _plan.Items.Add(item);
            }
        }
        catch (GcpException failure)
        {
            _plan.Problems.Add(new(name, failure));
        }
    }

    private async Task<SyncItem?> CompareFileAsync(string name, LocalFile file, SyncSide to)
    {
        to.Objects.TryGetValue(name, out GcsObject? there);
        SyncItem item = new(SyncStep.Upload, name, SyncReason.Missing)
        {
            File = file.Path,
            Existing = there,
            Size = file.Size,
            Modified = file.Modified,
        };
        return there is null ? item : await SettleAsync(item, file, there).ConfigureAwait(false);
    }

    private async Task<SyncItem?> CompareToFileAsync(string name, GcsObject item, SyncSide to)
    {
        SyncItem download = new(SyncStep.Download, name, SyncReason.Missing)
        {
            File = ObjectPaths.Below(request.Destination.Folder!, name),
            Object = item,
            Size = item.Size ?? 0,
            Modified = ObjectTimes.Of(item),
        };
        return to.Files.TryGetValue(name, out LocalFile file) ? await SettleAsync(download, file, item).ConfigureAwait(false) : download;
    }

    // Size, then time, then content: a file is opened only where the first two leave it open.
    private async Task<SyncItem?> SettleAsync(SyncItem item, LocalFile file, GcsObject there)
    {
        if (there.Size != file.Size)
        {
            return item with { Reason = SyncReason.SizeDiffers };
        }

        bool isSameTime = file.Modified == ObjectTimes.Of(there);
        if (isSameTime && !request.ComparesContent)
        {
            return null;
        }

        if (there.Crc32C is null || !string.Equals(there.Crc32C, await hash(file.Path, call).ConfigureAwait(false), StringComparison.Ordinal))
        {
            return item with { Reason = SyncReason.ContentDiffers };
        }

        return isSameTime ? null : item with { Step = SyncStep.Touch, Reason = SyncReason.TimeDiffers };
    }

    private static SyncItem? CompareObjects(string name, GcsObject item, SyncSide to)
    {
        to.Objects.TryGetValue(name, out GcsObject? there);
        SyncItem copy = new(SyncStep.Copy, name, SyncReason.Missing)
        {
            Object = item,
            Existing = there,
            Size = item.Size ?? 0,
            Modified = ObjectTimes.Of(item),
        };
        if (there is null)
        {
            return copy;
        }

        if (there.Size != item.Size)
        {
            return copy with { Reason = SyncReason.SizeDiffers };
        }

        bool isSame = item.Crc32C is not null && string.Equals(item.Crc32C, there.Crc32C, StringComparison.Ordinal);
        return isSame ? null : copy with { Reason = SyncReason.ContentDiffers };
    }

    private void PlanDeletions(SyncSide from, SyncSide to)
    {
        foreach (string name in to.Names)
        {
            if (from.Has(name))
            {
                continue;
            }

            to.Files.TryGetValue(name, out LocalFile file);
            to.Objects.TryGetValue(name, out GcsObject? item);
            _plan.Deletions.Add(new SyncItem(SyncStep.Delete, name, SyncReason.NotInSource)
            {
                File = item is null ? file.Path : null,
                Object = item,
                Size = item?.Size ?? file.Size,
            });
        }
    }
}

/// <summary>What one place holds, by relative name.</summary>
internal sealed class SyncSide
{
    public SortedDictionary<string, LocalFile> Files { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, GcsObject> Objects { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> SkippedLinks { get; set; } = [];

    public IReadOnlyList<KeyValuePair<string, GcpException>> Problems { get; set; } = [];

    public int Count => Files.Count + Objects.Count;

    public IEnumerable<string> Names => Files.Count > 0 ? Files.Keys : Objects.Keys;

    public bool Has(string name) => Files.ContainsKey(name) || Objects.ContainsKey(name);
}
