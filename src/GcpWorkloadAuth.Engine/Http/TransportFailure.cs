using System;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>No whole answer came. Whoever sent the request decides whether to try again and what to tell the user.</summary>
internal sealed class TransportFailure : Exception
{
    public TransportFailure(TransportFailureKind kind, string host, string why, Exception? inner = null)
        : base(why, inner)
    {
        Kind = kind;
        Host = host;
    }

    public TransportFailureKind Kind { get; }

    public string Host { get; }

    /// <summary>How long was waited, where nothing came in time.</summary>
    public double Seconds { get; init; }
}

/// <summary>Why no whole answer came.</summary>
internal enum TransportFailureKind
{
    /// <summary>No connection, or it broke before the answer began.</summary>
    Connection,

    /// <summary>Nothing in time.</summary>
    Timeout,

    /// <summary>The answer broke off.</summary>
    Truncated,

    /// <summary>The answer is larger than allowed; trying again is no use.</summary>
    TooLarge,

    /// <summary>The answer came, but where it was to go could not take it; trying again is no use.</summary>
    Output,
}
