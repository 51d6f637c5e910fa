using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes a bucket's prefix equal to a folder, a folder equal to a bucket's prefix, or one prefix equal to another.</summary>
[Cmdlet(VerbsData.Sync, "GcsDirectory", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Sync-GcsDirectory.md")]
[OutputType(typeof(GcsSyncResult))]
public sealed partial class SyncGcsDirectoryCommand : GcpCmdlet
{
    private int _failures;
    private FolderGuard? _guard;

    /// <summary>What is copied: a folder, or gs://bucket/prefix.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = string.Empty;

    /// <summary>What becomes equal to it: a folder, or gs://bucket/prefix.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Delete at the destination what the source does not have, after everything else has gone well.</summary>
    [Parameter]
    public SwitchParameter Delete { get; set; }

    /// <summary>Delete even where the source is empty.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Only names that match one of these patterns, whole or in their last part.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Include { get; set; }

    /// <summary>No names that match one of these patterns. They are left alone on both sides.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    /// <summary>Compare checksums where size and time agree already.</summary>
    [Parameter]
    public SwitchParameter Checksum { get; set; }

    /// <summary>Follow symbolic links. Without it they are left out with a warning.</summary>
    [Parameter]
    public SwitchParameter FollowSymlink { get; set; }

    /// <summary>How many transfers are under way at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    private protected override object? FailureTarget => Source;

    private protected override async Task ProcessAsync()
    {
        SyncRequest request = new(SyncPlaces.Read(this, Source), SyncPlaces.Read(this, Destination))
        {
            Deletes = Delete,
            AllowsEmptySource = Force,
            ComparesContent = Checksum,
            FollowsLinks = FollowSymlink,
            IsWanted = SyncPlaces.Filter(Include, Exclude),
        };
        SyncPlaces.Demand(request.Source, request.Destination);
        _failures = 0;
        _guard = request.Destination.Folder is { } folder ? new FolderGuard(folder) : null;
        SyncPlan plan = await Engine.PlanSyncAsync(Session, request, Call);
        Tell(plan);
        await TransferAsync(plan, request);
        if (Delete)
        {
            await DeleteAsync(plan, request);
        }
    }

    private void Tell(SyncPlan plan)
    {
        foreach (string link in plan.SkippedLinks)
        {
            Warn(nameof(Strings.WarnLinkSkipped), link);
        }

        foreach (System.Collections.Generic.KeyValuePair<string, GcpException> problem in plan.Problems)
        {
            Report(problem.Value, problem.Key);
        }

        WriteVerbose(string.Format(CultureInfo.CurrentCulture, Strings.ProgressSyncPlanned, plan.Items.Count, plan.Deletions.Count, plan.Unchanged));
    }

    private async Task TransferAsync(SyncPlan plan, SyncRequest request)
    {
        SideBySide work = MakeSideBySide(ThrottleLimit);
        using ProgressMeter progress = new(WriteProgress, Strings.ProgressSync) { Total = plan.Items.Count };
        foreach (SyncItem item in plan.Items)
        {
            if (ShouldProcess(SourceOf(item, request), ActionOf(item, request)))
            {
                await work.StartAsync(() => DoAsync(item, request, progress));
            }
        }

        await work.FinishAsync();
    }

    private async Task DoAsync(SyncItem item, SyncRequest request, ProgressMeter progress)
    {
        using ProgressMeter.Item step = progress.Start(item.Name);
        try
        {
            switch (item.Step)
            {
                case SyncStep.Upload:
                    await UploadAsync(item, request, step);
                    break;
                case SyncStep.Download:
                    await DownloadAsync(item, step);
                    break;
                case SyncStep.Copy:
                    await CopyAsync(item, request);
                    break;
                default:
                    await TouchAsync(item);
                    break;
            }

            Emit(item, request);
        }
        catch (GcpException failure)
        {
            Report(failure, SourceOf(item, request));
        }
    }

    private void Emit(SyncItem item, SyncRequest request) => WriteObject(new GcsSyncResult(
        item.Step switch
        {
            SyncStep.Upload => GcsSyncAction.Uploaded,
            SyncStep.Download => GcsSyncAction.Downloaded,
            SyncStep.Copy => GcsSyncAction.Copied,
            SyncStep.Touch => GcsSyncAction.TimeSet,
            _ => GcsSyncAction.Deleted,
        },
        item.Name,
        item.Step == SyncStep.Delete ? null : SourceOf(item, request),
        DestinationOf(item, request),
        item.Size,
        (GcsSyncReason)item.Reason));

    private void Report(GcpException failure, object target)
    {
        _failures++;
        WriteFailure(failure, target);
    }

    private static string SourceOf(SyncItem item, SyncRequest request) => request.Source.IsLocal
        ? item.File ?? request.Source.Folder + "/" + item.Name
        : request.Source + item.Name;

    private static string DestinationOf(SyncItem item, SyncRequest request) => request.Destination.IsLocal
        ? item.File ?? request.Destination.Folder + "/" + item.Name
        : request.Destination + item.Name;

    private static string ActionOf(SyncItem item, SyncRequest request)
    {
        string text = item.Step switch
        {
            SyncStep.Upload => Strings.ActionSyncUpload,
            SyncStep.Download => Strings.ActionSyncDownload,
            SyncStep.Copy => Strings.ActionSyncCopy,
            SyncStep.Touch => Strings.ActionSyncTouch,
            _ => Strings.ActionSyncDelete,
        };
        return string.Format(CultureInfo.CurrentCulture, text, DestinationOf(item, request));
    }
}
