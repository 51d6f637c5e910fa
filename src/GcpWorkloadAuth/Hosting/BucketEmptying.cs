using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Empties a bucket: every generation of every object, folders, unfinished uploads. For one cmdlet, on its pipeline thread.</summary>
internal sealed class BucketEmptying
{
    private const int AtOnce = 8;
    private readonly IEngine _engine;
    private readonly SessionRecord _session;
    private readonly EngineCall _call;
    private readonly string _bucket;
    private int _deleted;
    private int _shown;

    public BucketEmptying(IEngine engine, SessionRecord session, EngineCall call, string bucket)
    {
        _engine = engine;
        _session = session;
        _call = call;
        _bucket = bucket;
    }

    /// <summary>Makes a place to work side by side.</summary>
    public Func<int, SideBySide> MakeWork { get; init; } = static _ => throw new InvalidOperationException();

    /// <summary>Reports what could not be deleted.</summary>
    public Action<GcpException, object?> Fail { get; init; } = static (_, _) => { };

    /// <summary>Shows how far it is.</summary>
    public Action<ProgressRecord> Show { get; init; } = static _ => { };

    /// <summary>Warns.</summary>
    public Action<string, object[]> Warn { get; init; } = static (_, _) => { };

    /// <summary>How much could not be deleted so far.</summary>
    public int Failures { get; private set; }

    /// <summary>Deletes everything once. What comes in meanwhile may stay.</summary>
    /// <param name="known">The bucket, where it may be read.</param>
    public async Task RunAsync(GcsBucket? known)
    {
        await DeleteObjectsAsync();
        if (known?.UniformBucketLevelAccess != false)
        {
            await DeleteFoldersAsync(isManaged: true);
        }

        // Folders that are objects of their own are in hierarchical namespaces only.
        if (known?.HierarchicalNamespace == true)
        {
            await DeleteFoldersAsync(isManaged: false);
        }

        await AbortUploadsAsync();
        Show(new ProgressRecord(1, Activity, " ") { RecordType = ProgressRecordType.Completed });
    }

    private string Activity => string.Format(CultureInfo.CurrentCulture, Strings.ProgressEmptying, _bucket);

    private async Task DeleteObjectsAsync()
    {
        DeletionQueue queue = new(MakeWork(DeletionQueue.AtOnce), items => _engine.DeleteObjectsAsync(_session, items, _call), FailOne, Count);
        IObjectPager pager = _engine.ListObjects(_session, new ObjectQuery { Bucket = _bucket, IncludeVersions = true });
        while (await pager.NextAsync(_call) is { } page)
        {
            foreach (GcsObject item in page.Items)
            {
                // With its generation named it is deleted and does not become noncurrent.
                await queue.AddAsync(new ObjectDeletion(new ObjectAddress(_bucket, item.Name, item.Generation)), item);
            }
        }

        await queue.FinishAsync();
    }

    private async Task DeleteFoldersAsync(bool isManaged)
    {
        IReadOnlyList<BucketFolder> folders = await _engine.ListFoldersAsync(_session, _bucket, isManaged, _call);
        SideBySide work = MakeWork(AtOnce);
        int length = int.MaxValue;
        for (int i = folders.Count - 1; i >= 0; i--)
        {
            BucketFolder folder = folders[i];
            if (folder.Name.Length < length)
            {
                // Those below it are longer, and must be gone.
                await work.FinishAsync();
                length = folder.Name.Length;
            }

            await work.StartAsync(() => TryAsync(folder.ToString(), () => _engine.DeleteFolderAsync(_session, folder, _call)));
        }

        await work.FinishAsync();
    }

    private async Task AbortUploadsAsync()
    {
        IReadOnlyList<UnfinishedUpload> uploads;
        try
        {
            uploads = await _engine.ListUploadsAsync(_session, _bucket, _call);
        }
        catch (GcpException failure)
        {
            // They do not keep a bucket from being deleted: whoever may not list them can go on.
            Warn(nameof(Strings.WarnUploadsNotListed), [_bucket, failure.Message]);
            return;
        }

        SideBySide work = MakeWork(AtOnce);
        foreach (UnfinishedUpload upload in uploads)
        {
            await work.StartAsync(
                () => TryAsync("gs://" + _bucket + "/" + upload.Name, () => _engine.AbortUploadAsync(_session, upload, _call)));
        }

        await work.FinishAsync();
    }

    private async Task TryAsync(object target, Func<Task> work)
    {
        try
        {
            await work();
            Count(target);
        }
        catch (GcpException failure)
        {
            FailOne(failure, target);
        }
    }

    private void FailOne(GcpException failure, object? target)
    {
        // What somebody else deleted is gone all the same.
        if (failure.StatusCode != 404)
        {
            Failures++;
            Fail(failure, target);
        }
    }

    private void Count(object? target)
    {
        _deleted++;
        if (_deleted - _shown >= 100)
        {
            _shown = _deleted;
            string text = string.Format(CultureInfo.CurrentCulture, Strings.ProgressDeleted, _deleted, Failures);
            Show(new ProgressRecord(1, Activity, text));
        }
    }
}
