using System.Security.Cryptography;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>
/// Customer-supplied keys ("Customer-supplied encryption keys", headers; reasons: "HTTP status and error codes for JSON"). The emulator
/// encrypts nothing: it remembers which key was given. ASSUMED: the texts but for the one about a missing key.
/// </summary>
internal static class CustomerKey
{
    /// <summary>The SHA-256 of the key that the request brings, in base64; null if it brings none.</summary>
    public static string? Read(EmulatedRequest request, string prefix = "x-goog-encryption-")
    {
        string? algorithm = request.Header(prefix + "algorithm");
        string? text = request.Header(prefix + "key");
        string? hash = request.Header(prefix + "key-sha256");
        if (algorithm is null && text is null && hash is null)
        {
            return null;
        }

        if (algorithm != "AES256")
        {
            throw Refusal("Missing an encryption algorithm, or the provided algorithm is not \"AES256.\"", "customerEncryptionAlgorithmIsInvalid");
        }

        byte[] key = new byte[33];
        if (text is null || !Convert.TryFromBase64String(text, key, out int length) || length != 32)
        {
            throw Refusal("Missing an encryption key, or it is not Base64 encoded, or it does not meet the required length of the encryption algorithm.",
                "customerEncryptionKeyFormatIsInvalid");
        }

        string actual = Convert.ToBase64String(SHA256.HashData(key.AsSpan(0, 32)));
        return hash == actual ? actual : throw Refusal(
            "Missing a SHA256 hash of the encryption key, or it is not Base64 encoded, or it does not match the encryption key.",
            "customerEncryptionKeySha256IsInvalid");
    }

    /// <summary>Throws unless the content may be read with the key that was given, if any.</summary>
    public static void Check(StoredObject o, string? given)
    {
        if (o.CustomerKeySha256 == given)
        {
            return;
        }

        throw o.CustomerKeySha256 is null
            ? Refusal("The target object is not encrypted by a customer-supplied encryption key.", "resourceNotEncryptedWithCustomerEncryptionKey")
            : given is null
                ? Refusal("The target object is encrypted by a customer-supplied encryption key.", "resourceIsEncryptedWithCustomerEncryptionKey")
                : Refusal("The provided encryption key is incorrect.", "customerEncryptionKeyIsIncorrect");
    }

    private static StorageException Refusal(string message, string reason) => StorageException.Create(400, message, reason);
}
