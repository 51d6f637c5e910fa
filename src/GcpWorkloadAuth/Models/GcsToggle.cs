namespace GcpWorkloadAuth;

/// <summary>Whether a setting is on.</summary>
public enum GcsToggle
{
    /// <summary>Switched off.</summary>
    Off = 0,

    /// <summary>Switched on.</summary>
    On = 1,
}
