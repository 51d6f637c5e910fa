namespace GcpEmulator;

/// <summary>An operation of Compute Engine. It changes by itself as time goes by.</summary>
public sealed class EmulatedOperation
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;

    internal EmulatedOperation(TimeProvider clock) => _clock = clock;

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The id.</summary>
    public required ulong Id { get; init; }

    /// <summary>The project's id.</summary>
    public required string Project { get; init; }

    /// <summary>zones/ZONE, regions/REGION or global.</summary>
    public required string Scope { get; init; }

    /// <summary>The kind of work: start, stop, insert, setMetadata ...</summary>
    public required string Type { get; init; }

    /// <summary>The URL of what it works on.</summary>
    public required string TargetLink { get; init; }

    /// <summary>The id of what it works on.</summary>
    public required ulong TargetId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string User { get; init; }

    /// <summary>The requestId that it was asked for with.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the operations of one bulkInsert have in common.</summary>
    public string? GroupId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset InsertTime { get; init; }

    /// <summary>How long it takes.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndTime { get; private set; }

    /// <summary>The errors that it ended with.</summary>
    public IReadOnlyList<OperationMessage> Errors { get; private set; } = [];

    /// <summary>The warnings that it ended with.</summary>
    public IReadOnlyList<OperationMessage> Warnings { get; internal set; } = [];

    /// <summary>PENDING, RUNNING or DONE.</summary>
    public string Status => EndTime is not null ? "DONE" : Progress == 0 ? "PENDING" : "RUNNING";

    /// <summary>0 to 100.</summary>
    public int Progress => EndTime is not null ? 100
        : Duration <= TimeSpan.Zero ? 1
        : (int)Math.Clamp((_clock.GetUtcNow() - InsertTime) / Duration * 100, 0, 99);

    internal OperationPlan? Plan { get; init; }

    internal OperationWork Work { get; init; } = OperationWork.Nothing;

    internal int? HttpErrorStatusCode { get; private set; }

    internal Task Done => _done.Task;

    internal List<ITimer> Timers { get; } = [];

    internal bool Vanished => Plan is { Vanish: true };

    /// <summary>Ends it. The caller holds the gate of the store.</summary>
    internal void Complete(OperationMessage? error, int? status)
    {
        EndTime = _clock.GetUtcNow();
        if (error is not null)
        {
            Errors = [error];
            HttpErrorStatusCode = status;
        }

        StopTimers();
        _done.TrySetResult();
    }

    internal void StopTimers()
    {
        foreach (ITimer timer in Timers)
        {
            timer.Dispose();
        }

        Timers.Clear();
    }
}

/// <summary>What an operation does: at once, half-way, at its end, and instead of the end if it fails.</summary>
internal sealed record OperationWork(Action? Begin = null, Action? Half = null, Action? End = null, Action? Undo = null)
{
    public static readonly OperationWork Nothing = new();

    /// <summary>Members that the operation shows besides the usual ones.</summary>
    public Func<System.Text.Json.Nodes.JsonObject>? Details { get; init; }
}
