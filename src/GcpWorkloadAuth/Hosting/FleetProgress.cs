using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>One progress bar for many operations: how many are done, and the three that have run longest below it.</summary>
/// <param name="write">Shows a record.</param>
internal sealed class FleetProgress(Action<ProgressRecord> write)
{
    private const int MostChildren = 3;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(500);
    private static int s_nextId = 7310;
    private readonly int _id = Interlocked.Add(ref s_nextId, MostChildren + 1);
    private readonly List<GceOperation> _running = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shown = TimeSpan.FromDays(-1);
    private int _all;
    private int _children;

    public IReadOnlyList<GceOperation> Running => _running;

    public void Begin(GceOperation operation)
    {
        _all++;
        _running.Add(operation);
    }

    public void End(GceOperation operation) => _running.Remove(operation);

    /// <summary>Shows how things are, unless it has just been shown.</summary>
    public void Show()
    {
        if (_clock.Elapsed - _shown < s_pace)
        {
            return;
        }

        _shown = _clock.Elapsed;
        int done = _all - _running.Count;
        write(new ProgressRecord(_id, Strings.ProgressOperations, string.Format(CultureInfo.CurrentCulture, Strings.ProgressOperationsCount, done, _all))
        {
            PercentComplete = _all == 0 ? -1 : done * 100 / _all,
        });
        int children = Math.Min(MostChildren, _running.Count);
        for (int i = 0; i < children; i++)
        {
            GceOperation operation = _running[i];
            string seconds = string.Format(CultureInfo.CurrentCulture, Strings.ProgressOperationElapsed, (int)_clock.Elapsed.TotalSeconds);
            write(new ProgressRecord(_id + 1 + i, operation.OperationType + " " + operation.TargetName, seconds) { ParentActivityId = _id });
        }

        CloseFrom(children);
        _children = children;
    }

    /// <summary>Takes the bar away.</summary>
    public void Close()
    {
        if (_shown < TimeSpan.Zero)
        {
            return;
        }

        CloseFrom(0);
        _children = 0;
        write(new ProgressRecord(_id, Strings.ProgressOperations, Strings.ProgressOperations) { RecordType = ProgressRecordType.Completed });
        _shown = TimeSpan.FromDays(-1);
    }

    private void CloseFrom(int first)
    {
        for (int i = first; i < _children; i++)
        {
            write(new ProgressRecord(_id + 1 + i, Strings.ProgressOperations, Strings.ProgressOperations)
            {
                ParentActivityId = _id,
                RecordType = ProgressRecordType.Completed,
            });
        }
    }
}
