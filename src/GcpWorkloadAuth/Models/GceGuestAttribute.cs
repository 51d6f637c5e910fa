namespace GcpWorkloadAuth;

/// <summary>A value that an instance's guest tells about itself.</summary>
public sealed class GceGuestAttribute
{
    /// <summary>The instance's name.</summary>
    public string Instance { get; internal set; } = string.Empty;

    /// <summary>The namespace.</summary>
    public string Namespace { get; internal set; } = string.Empty;

    /// <summary>The key in its namespace.</summary>
    public string Key { get; internal set; } = string.Empty;

    /// <summary>The value.</summary>
    public string Value { get; internal set; } = string.Empty;

    /// <summary>The value.</summary>
    public override string ToString() => Value;
}
