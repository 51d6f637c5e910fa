using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace GcpEmulator.Federation;

/// <summary>
/// A subject token of the type mtls: a JSON list of certificates in base64, of which the first is the one that the connection was
/// made with ("Configure Workload Identity Federation with X.509 certificates").
/// </summary>
internal static class CertificateSubject
{
    /// <summary>Whose certificate it is; null where it proves nothing.</summary>
    public static string? Of(string token, X509Certificate2 shown, X509Certificate2Collection anchors)
    {
        try
        {
            X509Certificate2[] certificates =
                [.. JsonSerializer.Deserialize<string[]>(token)!.Select(text => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text)))];
            if (certificates.Length == 0 || !certificates[0].RawData.AsSpan().SequenceEqual(shown.RawData))
            {
                return null;
            }

            using X509Chain chain = new();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
            chain.ChainPolicy.ExtraStore.AddRange(certificates[1..]);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            return chain.Build(shown) ? shown.GetNameInfo(X509NameType.SimpleName, false) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or CryptographicException)
        {
            return null;
        }
    }
}
