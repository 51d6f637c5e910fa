using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that start operations of Compute Engine and wait for them: one progress bar, errors and warnings of
/// the operations, a time limit, and a word about what goes on when the pipeline is stopped.
/// </summary>
public abstract class GceWaitingCmdlet : GcpCmdlet
{
    private const int MostTries = 5;
    private static readonly int[] s_looksAtResource = { 0, 1, 2, 4 };
    private readonly Stopwatch _waited = new();
    private IOperationWaiter? _waiter;
    private FleetProgress? _progress;
    private bool _isAnnounced;

    /// <summary>How long the invocation waits in all, in seconds; 0 for as long as it takes.</summary>
    private protected virtual int WaitSeconds => 0;

    /// <summary>
    /// Waits for an operation. Its warnings are written; its errors are failures, all but the last written against the target.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="target">What the failures are reported against.</param>
    /// <param name="isReached">
    /// Looks at the resource where the operation cannot be found any more: true where what it should do is done. Null where nobody
    /// can tell: then it is the failure OperationNotFound.
    /// </param>
    /// <exception cref="GcpException">It failed, vanished without effect, or took too long.</exception>
    private protected async Task<GceOperation> WaitForAsync(GceOperation operation, object? target, Func<Task<bool>>? isReached)
    {
        GceOperation done = await WaitUntilDoneAsync(operation, isReached);
        foreach (GceOperationMessage warning in done.Warnings)
        {
            Warn(nameof(Strings.WarnOperation), done.TargetName ?? done.Name, warning.Message, warning.Code);
        }

        IReadOnlyList<GcpException> failures = OperationFailures.Of(done);
        for (int i = 0; i < failures.Count - 1; i++)
        {
            WriteFailure(failures[i], target);
        }

        return failures.Count > 0 ? throw failures[failures.Count - 1] : done;
    }

    /// <summary>
    /// Makes a change that a fingerprint guards, from reading to the end; again, as a change of its own, where somebody else's came
    /// between.
    /// </summary>
    private protected static async Task AgainOnConflictAsync(Func<Task> change)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                await change();
                return;
            }
            catch (GcpException failure) when (i < MostTries && OperationFailures.IsConflict(failure))
            {
                // Read again.
            }
        }
    }

    /// <summary>Takes the progress bar away; at the end of the waiting.</summary>
    private protected void CloseProgress() => _progress?.Close();

    private async Task<GceOperation> WaitUntilDoneAsync(GceOperation operation, Func<Task<bool>>? isReached)
    {
        if (operation.IsDone)
        {
            return operation;
        }

        _waited.Start();
        _waiter ??= Engine.MakeOperationWaiter(Session);
        _progress ??= new FleetProgress(WriteProgress);
        _progress.Begin(operation);
        try
        {
            Task<GceOperation> waiting = _waiter.WaitAsync(operation, Call);
            while (await Task.WhenAny(waiting, Task.Delay(PauseOf(operation), Call.Stopping)) != waiting)
            {
                Call.Stopping.ThrowIfCancellationRequested();
                _progress.Show();
            }

            return await waiting;
        }
        catch (GcpException failure) when (isReached is not null && failure.ErrorId == nameof(Strings.OperationNotFound))
        {
            await LookAtResourceAsync(operation, isReached);
            return operation;
        }
        catch (OperationCanceledException)
        {
            Announce();
            throw;
        }
        finally
        {
            _progress.End(operation);
        }
    }

    /// <summary>Until the bar is shown again, or the time is up.</summary>
    private TimeSpan PauseOf(GceOperation operation)
    {
        TimeSpan pause = TimeSpan.FromSeconds(1);
        if (WaitSeconds <= 0)
        {
            return pause;
        }

        TimeSpan left = TimeSpan.FromSeconds(WaitSeconds) - _waited.Elapsed;
        return left <= TimeSpan.Zero
            ? throw Errors.OperationTimedOut(operation.TargetName ?? operation.Name, operation.OperationType, WaitSeconds, WaitCommand(operation))
            : left < pause ? left : pause;
    }

    private async Task LookAtResourceAsync(GceOperation operation, Func<Task<bool>> isReached)
    {
        foreach (int seconds in s_looksAtResource)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), Call.Stopping);
            if (await isReached())
            {
                return;
            }
        }

        throw Errors.OperationVanished(operation.TargetName ?? operation.Name, operation.Name);
    }

    // The streams are closed once the pipeline is being stopped; the host is not.
    private void Announce()
    {
        if (_isAnnounced || _progress is null)
        {
            return;
        }

        _isAnnounced = true;
        GceOperation first = _progress.Running[0];
        string text = string.Format(CultureInfo.CurrentCulture, Strings.WarnOperationsGoOn, _progress.Running.Count, WaitCommand(first));
        RunForeign(() =>
        {
            Host.UI?.WriteWarningLine(text);
            return true;
        });
    }

    /// <summary>The command that picks an operation up.</summary>
    private static string WaitCommand(GceOperation operation)
    {
        string place = operation.Zone is { } zone ? " -Zone " + zone : operation.Region is { } region ? " -Region " + region : string.Empty;
        return "Wait-GceOperation " + operation.Name + place + " -Project " + operation.Project;
    }
}
