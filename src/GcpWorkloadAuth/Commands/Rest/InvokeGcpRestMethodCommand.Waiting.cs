using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <content>-WaitForOperation.</content>
public sealed partial class InvokeGcpRestMethodCommand
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    private async Task WaitAsync(RestRequest request)
    {
        RestAnswer answer = await Engine.SendRestAsync(
            Session, request with { WantsText = Raw, WantsValue = true, Timeout = null }, Call);
        if (RestOperation.From(answer.Value, Uri) is not { } operation)
        {
            Emit(answer);
            return;
        }

        if (!operation.IsDone)
        {
            (operation, answer) = await FollowAsync(operation);
        }

        foreach (string warning in operation.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (GcpException failure in operation.Failures)
        {
            failure.RequestUri = _shown;
            WriteFailure(failure, operation.Name);
        }

        if (operation.Failures.Count > 0)
        {
            return;
        }

        if (Raw)
        {
            WriteObject(answer.Text);
        }
        else if (operation.Result is { } result)
        {
            WriteObject(MetadataValues.ToObject(result, WarnLeftOut));
        }
    }

    private async Task<(RestOperation Operation, RestAnswer Answer)> FollowAsync(RestOperation operation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        ProgressRecord progress = new(Math.Abs(operation.Name.GetHashCode() % 1_000_000), operation.Name, Strings.ProgressOperation);
        TimeSpan pause = s_firstPause;
        RestAnswer answer;
        try
        {
            do
            {
                TimeSpan left = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) - waited.Elapsed : TimeSpan.MaxValue;
                if (left <= TimeSpan.Zero)
                {
                    throw Errors.RestOperationTimedOut(operation.Name, TimeoutSec, operation.Address.AbsoluteUri);
                }

                Show(progress, operation, waited.Elapsed);
                await Task.Delay(left < pause ? left : pause, Call.Stopping);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, s_longestPause.Ticks));
                answer = await Engine.SendRestAsync(
                    Session,
                    new RestRequest { Uri = operation.Address, QuotaProject = QuotaProject, WantsText = Raw },
                    Call);
                operation = RestOperation.From(answer.Value, operation.Address)
                    ?? throw Errors.RestOperationInvalid(operation.Name);
            }
            while (!operation.IsDone);
        }
        catch (OperationCanceledException)
        {
            // The streams are closed once the pipeline is being stopped; the host is not.
            string text = string.Format(CultureInfo.CurrentCulture, Strings.WarnOperationGoesOn, operation.Name, operation.Address);
            RunForeign(() =>
            {
                Host.UI?.WriteWarningLine(text);
                return true;
            });
            throw;
        }
        finally
        {
            if (!Call.Stopping.IsCancellationRequested)
            {
                progress.RecordType = ProgressRecordType.Completed;
                WriteProgress(progress);
            }
        }

        return (operation, answer);
    }

    private void Show(ProgressRecord progress, RestOperation operation, TimeSpan elapsed)
    {
        string seconds = string.Format(CultureInfo.CurrentCulture, Strings.ProgressOperationElapsed, (int)elapsed.TotalSeconds);
        progress.StatusDescription = operation.State is { Length: > 0 } state ? state + ", " + seconds : seconds;
        progress.PercentComplete = operation.Percent ?? -1;
        WriteProgress(progress);
    }
}
