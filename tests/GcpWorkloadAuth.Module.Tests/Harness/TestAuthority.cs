using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>A certification authority for one test. Nothing trusts it unless it is told to.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority(string name = "Test root", TestAuthority? issuer = null)
    {
        CertificateRequest request = new("CN=" + name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        Certificate = issuer is null
            ? request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2))
            : issuer.Sign(request).CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>A server's certificate for this machine, with its key.</summary>
    public X509Certificate2 ForServer(params string[] names)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SubjectAlternativeNameBuilder alternatives = new();
        alternatives.AddIpAddress(IPAddress.Loopback);
        foreach (string name in names)
        {
            alternatives.AddDnsName(name);
        }

        CertificateRequest request = Leaf("server", key, "1.3.6.1.5.5.7.3.1");
        request.CertificateExtensions.Add(alternatives.Build());
        using X509Certificate2 signed = Sign(request).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A client's certificate and its key, as PEM.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="rsa">True for an RSA key in the form PKCS #1, false for an EC key in PKCS #8.</param>
    public (string Certificate, string Key) ForClient(string name = "workload-1", bool rsa = false)
    {
        if (rsa)
        {
            using RSA key = RSA.Create(2048);
            CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            AddUsage(request, "1.3.6.1.5.5.7.3.2");
            return (Sign(request).ExportCertificatePem(), key.ExportRSAPrivateKeyPem());
        }

        using ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Sign(Leaf(name, ec, "1.3.6.1.5.5.7.3.2")).ExportCertificatePem(), ec.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Leaf(string name, ECDsa key, string usage)
    {
        CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256);
        AddUsage(request, usage);
        return request;
    }

    private static void AddUsage(CertificateRequest request, string usage) =>
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));

    private X509Certificate2 Sign(CertificateRequest request) => request.Create(
        Certificate.SubjectName,
        X509SignatureGenerator.CreateForECDsa(_key),
        DateTimeOffset.UtcNow.AddHours(-2),
        DateTimeOffset.UtcNow.AddDays(1),
        RandomNumberGenerator.GetBytes(8));
}
