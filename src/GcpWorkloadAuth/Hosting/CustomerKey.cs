using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// A customer-supplied encryption key: 32 bytes that Cloud Storage forgets. It is given as Base64 in a SecureString, and its text exists only
/// while a request is made. Source: https://cloud.google.com/storage/docs/encryption/customer-supplied-keys.
/// </summary>
internal sealed class CustomerKey
{
    private const string Prefix = "x-goog-encryption-";
    private const string SourcePrefix = "x-goog-copy-source-encryption-";
    private readonly SecureString _base64;

    private CustomerKey(SecureString base64, string sha256)
    {
        _base64 = base64;
        Sha256 = sha256;
    }

    /// <summary>The key's SHA-256, Base64: what GcsObject.EncryptionKeySha256 shows.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="base64">As the user gave it; null gives null.</param>
    /// <param name="parameter">The name of the parameter, for the failure.</param>
    /// <exception cref="GcpException">It is not the Base64 of 32 bytes. The failure does not repeat it.</exception>
    public static CustomerKey? From(SecureString? base64, string parameter)
    {
        if (base64 is null)
        {
            return null;
        }

        byte[]? key = null;
        try
        {
            key = Convert.FromBase64String(Plain(base64).Trim());
            if (key.Length != 32)
            {
                throw Errors.EncryptionKeyInvalid(parameter);
            }

            using SHA256 sha = SHA256.Create();
            return new CustomerKey(base64, Convert.ToBase64String(sha.ComputeHash(key)));
        }
        catch (FormatException)
        {
            throw Errors.EncryptionKeyInvalid(parameter);
        }
        finally
        {
            if (key is not null)
            {
                Array.Clear(key, 0, key.Length);
            }
        }
    }

    /// <summary>The headers of a request on an object that has, or is to have, this key.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers() => Headers(Prefix);

    /// <summary>The headers of a request that copies from an object that has this key.</summary>
    public IEnumerable<KeyValuePair<string, string>> SourceHeaders() => Headers(SourcePrefix);

    /// <summary>The name of its parameter is no secret, and it has no other.</summary>
    public override string ToString() => nameof(CustomerKey);

    private IEnumerable<KeyValuePair<string, string>> Headers(string prefix)
    {
        yield return new(prefix + "algorithm", "AES256");
        yield return new(prefix + "key", Plain(_base64).Trim());
        yield return new(prefix + "key-sha256", Sha256);
    }

    private static string Plain(SecureString secret)
    {
        IntPtr memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(memory) ?? string.Empty;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }
}
