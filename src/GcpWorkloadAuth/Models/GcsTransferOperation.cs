using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>
/// A run of a transfer job.
/// Source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/TransferOperation.
/// </summary>
public sealed class GcsTransferOperation
{
    /// <summary>The name: "transferOperations/" and more.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The name of the job that it is a run of.</summary>
    public string? Job { get; internal set; }

    /// <summary>QUEUED, IN_PROGRESS, PAUSED, SUSPENDING, SUCCESS, FAILED or ABORTED.</summary>
    public string? Status { get; internal set; }

    /// <summary>When it began, local time.</summary>
    public DateTime? StartTime { get; internal set; }

    /// <summary>When it ended, local time; null while it runs.</summary>
    public DateTime? EndTime { get; internal set; }

    /// <summary>Bytes found in the source.</summary>
    public long BytesFound { get; internal set; }

    /// <summary>Bytes copied to the destination.</summary>
    public long BytesCopied { get; internal set; }

    /// <summary>Bytes that were there already.</summary>
    public long BytesSkipped { get; internal set; }

    /// <summary>Objects found in the source.</summary>
    public long ObjectsFound { get; internal set; }

    /// <summary>Objects copied to the destination.</summary>
    public long ObjectsCopied { get; internal set; }

    /// <summary>Objects that were there already.</summary>
    public long ObjectsSkipped { get; internal set; }

    /// <summary>Objects deleted, from the source and from the destination together.</summary>
    public long ObjectsDeleted { get; internal set; }

    /// <summary>Objects that could not be copied, or not be deleted from the destination.</summary>
    public long ObjectsFailed { get; internal set; }

    /// <summary>What went wrong, by Google's error codes; empty where nothing did.</summary>
    public IReadOnlyList<GcsTransferError> Errors { get; internal set; } = Array.Empty<GcsTransferError>();

    /// <summary>True once it has ended, well or not.</summary>
    public bool IsDone { get; internal set; }

    /// <summary>Google's words for why all of it failed; null where it did not.</summary>
    public string? FailureMessage { get; internal set; }

    /// <summary>True where it ended and all that was to be done is done.</summary>
    internal bool IsSuccess => IsDone && Status is "SUCCESS" or null && FailureMessage is null && ObjectsFailed == 0 && Errors.Count == 0;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
