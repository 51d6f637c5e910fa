namespace GcpWorkloadAuth;

/// <summary>What one check of <c>Test-GcpAuthentication</c> found. No secret stands in it.</summary>
public sealed class GcpAuthenticationCheck
{
    internal GcpAuthenticationCheck(string check, GcpCheckStatus status, string detail, string recommendation, long? milliseconds)
    {
        Check = check;
        Status = status;
        Detail = detail;
        Recommendation = recommendation;
        Milliseconds = milliseconds;
    }

    /// <summary>What was checked. The name stays the same from one run to the next.</summary>
    public string Check { get; }

    /// <summary>How it ended.</summary>
    public GcpCheckStatus Status { get; }

    /// <summary>What was found, and why a check was skipped.</summary>
    public string Detail { get; }

    /// <summary>What a person can do about it; empty where nothing need be done.</summary>
    public string Recommendation { get; }

    /// <summary>
    /// How long the check itself took, without what it had to wait for (the token, say), in milliseconds; null where nobody was asked.
    /// </summary>
    public long? Milliseconds { get; }

    /// <summary>The name of the check.</summary>
    public override string ToString() => Check;
}
