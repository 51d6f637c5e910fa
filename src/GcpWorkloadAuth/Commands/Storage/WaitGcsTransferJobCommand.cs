using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Waits until the latest run of each transfer job has ended.</summary>
[Cmdlet(VerbsLifecycle.Wait, "GcsTransferJob", DefaultParameterSetName = ByObject, HelpUri = HelpLinks.Base + "Wait-GcsTransferJob.md")]
[OutputType(typeof(GcsTransferJob))]
public sealed class WaitGcsTransferJobCommand : GcsTransferJobCmdlet
{
    // A wait is a small question now and then: this is for how many connections there are, not for what the service bears.
    private const int AtOnce = 200;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private readonly TransferWaits _waits = new();
    private SideBySide? _work;

    /// <summary>Names of jobs, with or without "transferJobs/".</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, Mandatory = true)]
    [Alias("JobName")]
    [ResourceName(typeof(GcsTransferJob))]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>Jobs from Start-GcsTransferJob or Get-GcsTransferJob, or names.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [GcsTransferJobTransformation]
    [ValidateNotNullOrEmpty]
    public override GcsTransferJob[]? InputObject { get; set; }

    /// <summary>How long to wait for each job, in seconds; without it, as long as it takes.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    private protected override async Task ProcessAsync()
    {
        _work ??= MakeSideBySide(AtOnce);
        foreach (GcsTransferJob named in NamedJobs() ?? [])
        {
            GcsTransferJob job = named;
            await ForItemAsync(job, async () =>
            {
                string project = await ProjectOfAsync(job);
                await _work.StartAsync(() => OneAsync(job.Name, project));
            });
        }
    }

    private protected override async Task EndAsync()
    {
        try
        {
            await (_work?.FinishAsync() ?? Task.CompletedTask);
        }
        finally
        {
            if (!Call.Stopping.IsCancellationRequested && _waits.Close() is { } closed)
            {
                WriteProgress(closed);
            }
        }
    }

    private async Task OneAsync(string name, string project)
    {
        _waits.Add(name);
        GcsTransferJob? job = null;
        try
        {
            job = await WaitAsync(name, project);
            _waits.Done(name);
            if (job.LatestOperation is { IsSuccess: false } failed)
            {
                WriteFailure(TransferFailures.Of(name, failed), job);
            }
            else
            {
                WriteObject(job);
            }
        }
        catch (OperationCanceledException)
        {
            SayThatTheyGoOn(project);
            throw;
        }
        catch (GcpException failure)
        {
            _waits.Done(name);
            WriteFailure(failure, job ?? new GcsTransferJob { Name = name, Project = project });
        }
    }

    private async Task<GcsTransferJob> WaitAsync(string name, string project)
    {
        Stopwatch waited = Stopwatch.StartNew();
        TimeSpan pause = s_firstPause;
        bool hasWarned = false;
        GcsTransferJob job = await Engine.GetTransferJobAsync(Session, project, name, Call);
        while (job.LatestOperation is not { IsDone: true })
        {
            if (job.LatestOperationName is null && job.Status != "ENABLED")
            {
                throw Errors.TransferNeverRan(name);
            }

            if (job.LatestOperation?.Status == "PAUSED" && !hasWarned)
            {
                hasWarned = true;
                Warn(nameof(Strings.WarnTransferPaused), name);
            }

            if (_waits.Show(name, job.LatestOperation) is { } progress)
            {
                WriteProgress(progress);
            }

            TimeSpan left = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) - waited.Elapsed : TimeSpan.MaxValue;
            if (left <= TimeSpan.Zero)
            {
                throw Errors.TransferTimedOut(name, TimeoutSec, project);
            }

            await Task.Delay(left < pause ? left : pause, Call.Stopping);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, s_longestPause.Ticks));
            if (job.LatestOperationName is { } running)
            {
                job.LatestOperation = await Engine.GetTransferOperationAsync(Session, running, Call);
            }
            else
            {
                // A job with a schedule of its own, say, whose first run has not begun.
                job = await Engine.GetTransferJobAsync(Session, project, name, Call);
            }
        }

        return job;
    }

    private void SayThatTheyGoOn(string project)
    {
        string names = _waits.TakeWaiting();
        if (names.Length == 0)
        {
            return;
        }

        // The streams are closed once the pipeline is being stopped; the host is not.
        string text = string.Format(System.Globalization.CultureInfo.CurrentCulture, Strings.WarnTransferGoesOn, names, project);
        RunForeign(() =>
        {
            Host.UI?.WriteWarningLine(text);
            return true;
        });
    }
}
