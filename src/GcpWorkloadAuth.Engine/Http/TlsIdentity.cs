using System;
using System.IO;
using System.Net.Security;
#if !NET
using System.Security.Authentication;
#endif
using System.Security.Cryptography.X509Certificates;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>The client's certificate for a server, and the one root that the server's own must come from.</summary>
/// <remarks>In a file of its own, so that nothing of TLS is loaded where the metadata server is spoken to without it.</remarks>
internal sealed class TlsIdentity : IDisposable
{
    /// <summary>The name in the metadata server's certificate; the connection is made to its address.</summary>
    public const string ServerName = "metadata.google.internal";

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _client;

    private TlsIdentity(X509Certificate2 root, X509Certificate2 client)
    {
        _root = root;
        _client = client;
    }

    /// <summary>Reads the certificates: the client's with its key as PFX without a password, or both as PEM in one file.</summary>
    public static TlsIdentity Load(string rootPath, string clientPath)
    {
        byte[] root = File.ReadAllBytes(rootPath);
        if (clientPath.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase))
        {
            byte[] pfx = File.ReadAllBytes(clientPath);
            return new TlsIdentity(new X509Certificate2(root), new X509Certificate2(pfx, string.Empty));
        }

#if NET
        return new TlsIdentity(new X509Certificate2(root), X509Certificate2.CreateFromPemFile(clientPath, clientPath));
#else
        throw new PlatformNotSupportedException("a key in PEM cannot be read here.");
#endif
    }

    /// <summary>Makes the connection, or throws: the server must be the one whose root this is.</summary>
    public Stream Authenticate(Stream plain)
    {
#if NET
        SslStream stream = new(plain, leaveInnerStreamOpen: false);
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = ServerName,
            ClientCertificates = [_client],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => _client,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(_root);
        stream.AuthenticateAsClient(options);
#else
        SslStream stream = new(plain, false, Validate, (_, _, _, _, _) => _client);
        stream.AuthenticateAsClient(ServerName, [_client], SslProtocols.None, checkCertificateRevocation: false);
#endif
        return stream;
    }

    public void Dispose()
    {
        _root.Dispose();
        _client.Dispose();
    }

#if !NET
    // There is no custom trust here: the chain is built with the root at hand, and must end at it with no other fault than that the
    // machine does not know the root.
    private bool Validate(object sender, X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.ExtraStore.Add(_root);
        foreach (X509ChainElement element in offered?.ChainElements ?? chain.ChainElements)
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using X509Certificate2 server = new(certificate);
        if (!chain.Build(server) || chain.ChainElements.Count == 0)
        {
            return false;
        }

        byte[] last = chain.ChainElements[chain.ChainElements.Count - 1].Certificate.RawData;
        return Convert.ToBase64String(last) == Convert.ToBase64String(_root.RawData);
    }
#endif
}
