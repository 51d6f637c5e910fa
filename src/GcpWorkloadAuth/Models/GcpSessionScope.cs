namespace GcpWorkloadAuth;

/// <summary>Who shares a context.</summary>
public enum GcpSessionScope
{
    /// <summary>Every runspace of this process.</summary>
    Process,

    /// <summary>This runspace alone.</summary>
    Runspace,
}
