using System.Globalization;
using GcpEmulator.Compute;

namespace GcpEmulator;

/// <summary>The operations of Compute Engine, of all projects. Safe for use from several threads.</summary>
public sealed class OperationStore
{
    private readonly Dictionary<string, EmulatedOperation> _all = new(StringComparer.Ordinal);
    private readonly List<OperationPlan> _plans = [];
    private readonly TimeProvider _clock;
    private long _count;
    private int _waiting;
    private int _mostWaiting;

    internal OperationStore(TimeProvider clock) => _clock = clock;

    /// <summary>How long an operation takes; <see cref="Timeout.InfiniteTimeSpan"/> for until <see cref="Finish"/>.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>How long operations of a type take (<see cref="EmulatedOperation.Type"/>), where that is not <see cref="Duration"/>.</summary>
    public IDictionary<string, TimeSpan> Durations { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>How long operations.wait waits. The real one: two minutes.</summary>
    public TimeSpan WaitLimit { get; set; }

    /// <summary>How many requests wait for an operation right now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The most that waited at the same time since the start.</summary>
    public int MostWaiting => Volatile.Read(ref _mostWaiting);

    /// <summary>All operations, in the order in which they were asked for.</summary>
    public IReadOnlyList<EmulatedOperation> All
    {
        get
        {
            lock (Gate)
            {
                return [.. _all.Values];
            }
        }
    }

    /// <summary>One change at a time: requests, timers and tests.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Shapes the next operations that fit.</summary>
    public OperationPlan Plan(OperationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (Gate)
        {
            _plans.Add(plan);
        }

        return plan;
    }

    /// <summary>Forgets all plans.</summary>
    public void ClearPlans()
    {
        lock (Gate)
        {
            _plans.Clear();
        }
    }

    /// <summary>Ends an operation now, or all that go on.</summary>
    public void Finish(EmulatedOperation? operation = null)
    {
        foreach (EmulatedOperation one in operation is null ? All : [operation])
        {
            DoHalf(one);
            DoEnd(one);
        }
    }

    /// <summary>The operation of this name, or null.</summary>
    public EmulatedOperation? Find(string name)
    {
        lock (Gate)
        {
            return _all.GetValueOrDefault(name);
        }
    }

    /// <summary>The plan for an operation that is about to be asked for.</summary>
    internal OperationPlan? TakePlan(string type, string target)
    {
        lock (Gate)
        {
            return _plans.FirstOrDefault(p => p.TryHit(type, target));
        }
    }

    /// <summary>Starts an operation; its work begins before this returns.</summary>
    internal EmulatedOperation Begin(OperationStart start, OperationWork work)
    {
        lock (Gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            long number = ++_count;
            TimeSpan duration = start.Plan?.Duration ?? (Durations.TryGetValue(start.Type, out TimeSpan own) ? own : Duration);

            // operation-EPOCHMS-HEX-HEX-HEX, as every public trace of gcloud shows.
            string digits = StableNumbers.Digits(start.TargetLink + number.ToString(CultureInfo.InvariantCulture), 13);
            string name = string.Create(CultureInfo.InvariantCulture, $"operation-{now.ToUnixTimeMilliseconds()}-{digits}-{number:x8}-{start.TargetId % 0xffffffff:x8}");
            EmulatedOperation operation = new(_clock)
            {
                Name = name,
                Id = StableNumbers.Id(name),
                Project = start.Project,
                Scope = start.Scope,
                Type = start.Type,
                TargetLink = start.TargetLink,
                TargetId = start.TargetId,
                User = start.User,
                RequestId = start.RequestId,
                GroupId = start.GroupId,
                InsertTime = now,
                Duration = duration,
                Plan = start.Plan,
                Work = work,
                Warnings = start.Warnings,
            };
            _all[name] = operation;
            work.Begin?.Invoke();
            if (duration == TimeSpan.Zero)
            {
                DoHalf(operation);
                DoEnd(operation);
            }
            else if (duration != Timeout.InfiniteTimeSpan)
            {
                operation.Timers.Add(_clock.CreateTimer(_ => DoHalf(operation), null, duration / 2, Timeout.InfiniteTimeSpan));
                operation.Timers.Add(_clock.CreateTimer(_ => DoEnd(operation), null, duration, Timeout.InfiniteTimeSpan));
            }

            return operation;
        }
    }

    /// <summary>Waits for an operation, but not longer than <see cref="WaitLimit"/>.</summary>
    internal async Task WaitAsync(EmulatedOperation operation, CancellationToken ct)
    {
        lock (Gate)
        {
            _mostWaiting = Math.Max(_mostWaiting, ++_waiting);
        }

        try
        {
            await operation.Done.WaitAsync(WaitLimit, _clock, ct);
        }
        catch (TimeoutException)
        {
            // It goes on: the answer shows how far it is.
        }
        finally
        {
            lock (Gate)
            {
                _waiting--;
            }
        }
    }

    internal bool Remove(string name)
    {
        lock (Gate)
        {
            return _all.Remove(name);
        }
    }

    internal void Clear()
    {
        lock (Gate)
        {
            foreach (EmulatedOperation operation in _all.Values)
            {
                operation.StopTimers();
            }

            _all.Clear();
            _plans.Clear();
            Durations.Clear();
            _mostWaiting = 0;
            Duration = TimeSpan.FromMilliseconds(20);
            WaitLimit = TimeSpan.FromMinutes(2);
        }
    }

    private void DoHalf(EmulatedOperation operation)
    {
        lock (Gate)
        {
            if (operation.EndTime is null)
            {
                operation.Work.Half?.Invoke();
            }
        }
    }

    private void DoEnd(EmulatedOperation operation)
    {
        lock (Gate)
        {
            if (operation.EndTime is not null || !_all.ContainsKey(operation.Name))
            {
                return;
            }

            OperationPlan? plan = operation.Plan;
            OperationMessage? error = plan?.Error is { } e ? OperationJson.Fill(e, operation) : null;
            (error is null ? operation.Work.End : operation.Work.Undo)?.Invoke();
            operation.Warnings = [.. operation.Warnings, .. (plan?.Warnings ?? []).Select(w => OperationJson.Fill(w, operation))];
            operation.Complete(error, error is null ? null : plan!.HttpErrorStatusCode ?? OperationJson.StatusOf(error.Code));
        }
    }
}

/// <summary>What an operation is about.</summary>
internal sealed record OperationStart(string Project, string Scope, string Type, string TargetLink, ulong TargetId, string User)
{
    public string? RequestId { get; init; }

    public string? GroupId { get; init; }

    public OperationPlan? Plan { get; init; }

    public IReadOnlyList<OperationMessage> Warnings { get; init; } = [];
}
