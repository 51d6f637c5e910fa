namespace GcpEmulator;

/// <summary>An error or a warning of an operation: a code such as QUOTA_EXCEEDED, and a text.</summary>
/// <param name="Code">Google's code.</param>
/// <param name="Message">The text; null for the usual one of the code.</param>
public sealed record OperationMessage(string Code, string? Message = null);

/// <summary>
/// What becomes of the next operations: how long they take, how they fail, whether they can still be found. Planned with
/// <see cref="OperationStore.Plan"/>; the first plan that fits an operation shapes it.
/// </summary>
public sealed class OperationPlan
{
    private int _skipped;
    private int _hits;

    /// <summary>The method's name (start, stop, insert, resize, setMetadata ...); * stands for anything.</summary>
    public string Type { get; init; } = "*";

    /// <summary>The name of the resource that the operation is about (a project's id, a bulkInsert's pattern); * stands for anything.</summary>
    public string Target { get; init; } = "*";

    /// <summary>How many fitting operations are let through first.</summary>
    public int Skip { get; init; }

    /// <summary>How many operations it shapes; 0 for all, until it is removed.</summary>
    public int Times { get; init; }

    /// <summary>How long it takes; null for the usual time, <see cref="Timeout.InfiniteTimeSpan"/> until <see cref="OperationStore.Finish"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What it fails with once its time is over; what it was about goes back to what it was.</summary>
    public OperationMessage? Error { get; init; }

    /// <summary>The operation's httpErrorStatusCode; null for the usual one of the code.</summary>
    public int? HttpErrorStatusCode { get; init; }

    /// <summary>How many of several things (bulkInsert) it makes before it fails.</summary>
    public int FailAfter { get; init; }

    /// <summary>Warnings that it ends with.</summary>
    public IReadOnlyList<OperationMessage> Warnings { get; init; } = [];

    /// <summary>True makes it impossible to find once it was given out: 404. Its work is still done.</summary>
    public bool Vanish { get; init; }

    /// <summary>Done just before the request is looked at: a change here makes the caller's fingerprint a stale one.</summary>
    public Action? Before { get; init; }

    /// <summary>How many operations it has shaped so far.</summary>
    public int Hits => Volatile.Read(ref _hits);

    internal bool TryHit(string type, string target)
    {
        if ((Times > 0 && _hits >= Times) || !Wildcard.IsMatch(Type, type) || !Wildcard.IsMatch(Target, target))
        {
            return false;
        }

        if (_skipped < Skip)
        {
            _skipped++;
            return false;
        }

        _hits++;
        return true;
    }
}
