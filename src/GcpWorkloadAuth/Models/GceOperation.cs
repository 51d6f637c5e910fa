using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A change of a Compute Engine resource that goes on after it was asked for.</summary>
public sealed class GceOperation
{
    /// <summary>The name, made by the server.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The zone; null where it is not one of a zone.</summary>
    public string? Zone { get; internal set; }

    /// <summary>The region; null where it is not one of a region.</summary>
    public string? Region { get; internal set; }

    /// <summary>What is done: start, stop, insert, delete, setMetadata ...</summary>
    public string OperationType { get; internal set; } = string.Empty;

    /// <summary>The name of what it is done to.</summary>
    public string? TargetName => TargetLink is { } link ? link.Substring(link.LastIndexOf('/') + 1) : null;

    /// <summary>The address of what it is done to.</summary>
    public string? TargetLink { get; internal set; }

    /// <summary>The server-made id of what it is done to.</summary>
    public ulong? TargetId { get; internal set; }

    /// <summary>PENDING, RUNNING or DONE.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>What the server adds to the status; null where it adds nothing.</summary>
    public string? StatusMessage { get; internal set; }

    /// <summary>0 to 100; the server's guess.</summary>
    public int Progress { get; internal set; }

    /// <summary>Who asked for it.</summary>
    public string? User { get; internal set; }

    /// <summary>When it was asked for, local time.</summary>
    public DateTime? InsertTime { get; internal set; }

    /// <summary>When it began, local time.</summary>
    public DateTime? StartTime { get; internal set; }

    /// <summary>When it ended, local time.</summary>
    public DateTime? EndTime { get; internal set; }

    /// <summary>True when it is done, whether well or not.</summary>
    public bool IsDone => Status == "DONE";

    /// <summary>True where it ended with an error.</summary>
    public bool Failed => Errors.Count > 0 || HttpErrorStatusCode >= 400;

    /// <summary>What went wrong; empty where nothing did.</summary>
    public IReadOnlyList<GceOperationMessage> Errors { get; internal set; } = Array.Empty<GceOperationMessage>();

    /// <summary>What the server warns of.</summary>
    public IReadOnlyList<GceOperationMessage> Warnings { get; internal set; } = Array.Empty<GceOperationMessage>();

    /// <summary>The HTTP status that the failure would have had as an answer; null where it did not fail.</summary>
    public int? HttpErrorStatusCode { get; internal set; }

    /// <summary>The words of that status.</summary>
    public string? HttpErrorMessage { get; internal set; }

    /// <summary>The requestId by which the server knows the change; null where it had none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The same for all operations that one request began; null where it began only this.</summary>
    public string? GroupId { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The operation's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>An error or a warning of an operation.</summary>
public sealed class GceOperationMessage
{
    internal GceOperationMessage(string code, string message)
    {
        Code = code;
        Message = message;
    }

    /// <summary>Google's own code: QUOTA_EXCEEDED, ZONE_RESOURCE_POOL_EXHAUSTED, RESOURCE_IN_USE_BY_ANOTHER_RESOURCE ...</summary>
    public string Code { get; }

    /// <summary>Google's words.</summary>
    public string Message { get; }

    /// <summary>Code and words.</summary>
    public override string ToString() => Code + ": " + Message;
}
