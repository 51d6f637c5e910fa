using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Runs a cmdlet's work for many inputs side by side, so many at a time. Everything still happens on the pipeline thread between
/// the awaits: only what the engine does meanwhile overlaps.
/// </summary>
/// <remarks>
/// Work that throws (a stopped pipeline, -ErrorAction Stop, Select-Object -First downstream) ends the rest: it is cancelled, waited for, and
/// then that exception goes on. Failures of single items are the work's own to report.
/// </remarks>
internal sealed class SideBySide
{
    private readonly List<Task> _running = new();
    private readonly int _limit;
    private readonly Action _cancel;

    /// <param name="limit">How much runs at a time; 1 or more.</param>
    /// <param name="cancel">Cancels all the work, as Ctrl+C does.</param>
    public SideBySide(int limit, Action cancel)
    {
        _limit = limit;
        _cancel = cancel;
    }

    /// <summary>Starts work, when there is a place for it.</summary>
    public async Task StartAsync(Func<Task> work)
    {
        while (_running.Count >= _limit)
        {
            await Task.WhenAny(_running);
            await SweepAsync();
        }

        _running.Add(work());
        await SweepAsync();
    }

    /// <summary>Waits for all that was started.</summary>
    public async Task FinishAsync()
    {
        while (_running.Count > 0)
        {
            await Task.WhenAny(_running);
            await SweepAsync();
        }
    }

    private async Task SweepAsync()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            Task task = _running[i];
            if (!task.IsCompleted)
            {
                continue;
            }

            _running.RemoveAt(i);
            if (task.Status != TaskStatus.RanToCompletion)
            {
                await EndAsync();
                await task;
            }
        }
    }

    // What they throw now follows from being cancelled, or comes second.
    private async Task EndAsync()
    {
        _cancel();
        foreach (Task task in _running)
        {
            try
            {
                await task;
            }
            catch (Exception)
            {
                // Said above.
            }
        }

        _running.Clear();
    }
}
