namespace GcpWorkloadAuth.Engine.Identities;

/// <summary>A signature, and whose.</summary>
internal sealed class BlobSignature(byte[] signature, string keyId, string account)
{
    /// <summary>RSA with SHA-256, PKCS #1 v1.5.</summary>
    public byte[] Signature { get; } = signature;

    /// <summary>The id of the key that made it; empty where it is not known.</summary>
    public string KeyId { get; } = keyId;

    /// <summary>The e-mail address of the account it speaks for.</summary>
    public string Account { get; } = account;
}
