using System;

namespace GcpWorkloadAuth;

/// <summary>What went wrong between a cmdlet and Google Cloud. Its message never holds a secret.</summary>
public sealed class GcpException : Exception
{
    internal GcpException(string errorId, GcpErrorKind kind, string message, string advice, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        Advice = advice;
    }

    /// <summary>The stable name of the failure; also the FullyQualifiedErrorId's first part.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of failure it is.</summary>
    public GcpErrorKind Kind { get; }

    /// <summary>What a person can do about it.</summary>
    public string Advice { get; }

    /// <summary>The HTTP status of the answer, where there was one.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Google's own reason for the failure ("accessNotConfigured", "forbidden", "invalid_grant" ...), where it gave one.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The request that failed, its query values hidden, where there was one.</summary>
    public string? RequestUri { get; internal set; }

    /// <summary>
    /// True where an earlier try of the same request may have been carried out without its answer coming back: the refusal may be of
    /// what that try did itself.
    /// </summary>
    internal bool FollowsLostAnswer { get; set; }

    /// <summary>True where the service said that there is no such thing; a proxy's page with that status says nothing.</summary>
    internal bool IsMissing => StatusCode == 404 && Kind == GcpErrorKind.NotFound;

    /// <summary>The same failure of one more item: what is said of one of them must not be said of the others.</summary>
    internal GcpException ForAnotherItem() => new(ErrorId, Kind, Message, Advice, InnerException)
    {
        StatusCode = StatusCode,
        Reason = Reason,
        RequestUri = RequestUri,
        FollowsLostAnswer = FollowsLostAnswer,
    };
}

/// <summary>Sorts of failure; PowerShell's ErrorCategory is chosen by it.</summary>
public enum GcpErrorKind
{
    /// <summary>The request was wrong.</summary>
    InvalidArgument,

    /// <summary>A file, an answer or a setting holds something that cannot be used.</summary>
    InvalidData,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There are several, and one was meant.</summary>
    Ambiguous,

    /// <summary>Who you are could not be proven.</summary>
    Authentication,

    /// <summary>You are known, and may not.</summary>
    Permission,

    /// <summary>A rule of the module or the organisation forbids it.</summary>
    Security,

    /// <summary>The server could not be reached, or broke off.</summary>
    Connection,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>A limit is used up.</summary>
    Limit,

    /// <summary>The service is at fault or not available.</summary>
    Unavailable,

    /// <summary>Not supported.</summary>
    NotSupported,

    /// <summary>Something of that name is there already, or somebody else is changing it.</summary>
    Conflict,

    /// <summary>What is there is not in the state that the request needs.</summary>
    InvalidState,

    /// <summary>A local file could not be read.</summary>
    FileRead,

    /// <summary>A local file could not be written.</summary>
    FileWrite,
}
