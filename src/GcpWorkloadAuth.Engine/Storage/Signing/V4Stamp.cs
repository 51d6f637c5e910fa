using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GcpWorkloadAuth.Engine.Storage.Signing;

/// <summary>
/// Time and scope of a V4 signature. Source: https://cloud.google.com/storage/docs/authentication/signatures.
/// </summary>
/// <param name="Utc">When it is signed.</param>
internal readonly record struct V4Stamp(DateTime Utc)
{
    public const string Algorithm = "GOOG4-RSA-SHA256";

    /// <summary>20261124T184000Z.</summary>
    public string Time => Utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The region does not matter to Cloud Storage: "auto".</summary>
    public string Scope => Utc.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "/auto/storage/goog4_request";

    /// <summary>What is signed for a canonical request.</summary>
    public byte[] ToSign(string canonicalRequest)
    {
        using SHA256 sha = SHA256.Create();
        string digest = Hex(sha.ComputeHash(Encoding.UTF8.GetBytes(canonicalRequest)));
        return Encoding.ASCII.GetBytes(Algorithm + "\n" + Time + "\n" + Scope + "\n" + digest);
    }

    public static string Hex(byte[] bytes)
    {
        StringBuilder text = new(bytes.Length * 2);
        foreach (byte b in bytes)
        {
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
