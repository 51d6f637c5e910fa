using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>What the doctor is to look for besides the usual.</summary>
internal sealed class DiagnosisRequest
{
    /// <summary>Scopes that the session's token must have.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = Array.Empty<string>();

    /// <summary>IAM permissions that the session's account must have.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = Array.Empty<string>();

    /// <summary>The bucket on which Storage's permissions are checked.</summary>
    public string? Bucket { get; init; }

    /// <summary>How long all of it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The whole time-out as the user gave it, for messages.</summary>
    public int TimeoutSeconds { get; init; } = 30;
}
