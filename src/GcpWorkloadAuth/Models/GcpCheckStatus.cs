namespace GcpWorkloadAuth;

/// <summary>How a check of <c>Test-GcpAuthentication</c> ended.</summary>
public enum GcpCheckStatus
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>It works, but something will not, or may not for long.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Fail,

    /// <summary>Not checked; the detail says why. Nothing is wrong with that by itself.</summary>
    Skipped,
}
