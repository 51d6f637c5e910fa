namespace GcpEmulator;

/// <summary>Which service a request was for.</summary>
public enum EmulatedService
{
    /// <summary>A path of no service.</summary>
    Other,

    /// <summary>The metadata server.</summary>
    Metadata,

    /// <summary>The token endpoint and what belongs to it (revocation, public keys).</summary>
    Token,

    /// <summary>Cloud Storage.</summary>
    Storage,

    /// <summary>Compute Engine.</summary>
    Compute,

    /// <summary>The Security Token Service.</summary>
    Sts,

    /// <summary>The IAM Credentials API.</summary>
    IamCredentials,

    /// <summary>The instance metadata service of AWS.</summary>
    AwsMetadata,

    /// <summary>The control endpoint; its requests are neither logged nor hit by faults.</summary>
    Control,
}
