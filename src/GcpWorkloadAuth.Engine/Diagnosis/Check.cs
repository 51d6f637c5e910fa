using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>One check, running. It always ends in rows, and never later than the time-out.</summary>
/// <param name="names">The rows that a time-out is told in.</param>
/// <param name="work">The check.</param>
internal sealed class Check(IReadOnlyList<string> names, Func<CheckTimer, Task<IReadOnlyList<GcpAuthenticationCheck>>> work)
{
    private readonly CheckTimer _timer = new();
    private Task<IReadOnlyList<GcpAuthenticationCheck>>? _running;

    public Check(string name, Func<CheckTimer, Task<IReadOnlyList<GcpAuthenticationCheck>>> work)
        : this([name], work)
    {
    }

    public Check(string name, Func<CheckTimer, Task<GcpAuthenticationCheck>> work)
        : this([name], async timer => Rows.One(await work(timer).ConfigureAwait(false)))
    {
    }

    public void Start() => _running = work(_timer);

    /// <summary>What it found.</summary>
    /// <param name="seconds">The time-out, for the message.</param>
    /// <param name="limit">Ends the wait, whatever the check is doing.</param>
    /// <param name="stopping">Ctrl+C: nothing more is to be told.</param>
    public async Task<IReadOnlyList<GcpAuthenticationCheck>> FinishAsync(int seconds, CancellationToken limit, CancellationToken stopping)
    {
        try
        {
            return _running!.IsCompleted
                ? await _running.ConfigureAwait(false)
                : await Worker.JoinAsync(_running, limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
            return EachName(name => _timer.HasBegun
                ? Rows.Fail(name, Rows.Text(Strings.DiagNotWithin, seconds), Strings.DiagNotWithinAdvice)
                : Rows.Skipped(name, Rows.Text(Strings.DiagNotBegun, seconds)));
        }
        catch (Exception e)
        {
            GcpException failure = Rows.Explain(e);
            return EachName(name => Rows.Fail(name, failure));
        }
    }

    private List<GcpAuthenticationCheck> EachName(Func<string, GcpAuthenticationCheck> row)
    {
        List<GcpAuthenticationCheck> rows = [];
        foreach (string name in names)
        {
            rows.Add(row(name));
        }

        return rows;
    }
}
