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

    /// <summary>IAM Service Account Credentials.</summary>
    IamCredentials,

    /// <summary>Resource Manager.</summary>
    ResourceManager,

    /// <summary>The emulator's own test service, /testing/v1, which Google does not have.</summary>
    Testing,

    /// <summary>The Security Token Service.</summary>
    Sts,

    /// <summary>The instance metadata service of AWS.</summary>
    AwsMetadata,

    /// <summary>The Storage Transfer Service.</summary>
    StorageTransfer,

    /// <summary>The control endpoint; its requests are neither logged nor hit by faults.</summary>
    Control,
}
