#if NET
using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// An X.509 certificate proves who the workload is: it is shown in the TLS handshake with the Security Token Service, and the subject
/// token is the list of it and of what is between it and the root (google-auth-library-python, identity_pool.py).
/// </summary>
internal sealed class CertificateTokenSource(CertificateFiles files) : SubjectTokenSource
{
    // Certificate and key are replaced one after the other: what does not fit now may in a moment (AIP-4118).
    private const int Attempts = 4;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    public override string Recipe => files.Configuration;

    public override Task<SubjectToken> GetAsync(EngineCall call) => Worker.JoinAsync(Worker.RunAsync(() => Read(call.Stopping)), call.Stopping);

    private SubjectToken Read(CancellationToken stopping)
    {
        X509Certificate2Collection chain = files.TrustChain is { } path ? ReadCertificates(path) : [];
        X509Certificate2 leaf = ReadLeaf(stopping);
        List<string> encoded = [Convert.ToBase64String(leaf.RawData)];
        for (int i = 0; i < chain.Count; i++)
        {
            bool isLeaf = chain[i].RawData.AsSpan().SequenceEqual(leaf.RawData);
            if (isLeaf && i > 0)
            {
                throw Errors.CertificateUnusable(files.TrustChain!, "the workload's own certificate is in it, and not the first.");
            }

            if (!isLeaf)
            {
                encoded.Add(Convert.ToBase64String(chain[i].RawData));
            }
        }

        return new SubjectToken(Encoding.UTF8.GetString(JsonBody.Write(encoded))) { Certificate = leaf, CertificateChain = chain };
    }

    private X509Certificate2 ReadLeaf(CancellationToken stopping)
    {
        for (int attempt = 1; ; attempt++)
        {
            (string certificate, string key) = files.Read();
            try
            {
                return ReadLeaf(certificate, key);
            }
            catch (CryptographicException e)
            {
                // Its own message says what is wrong with the text, and never what the text is.
                if (attempt == Attempts || stopping.WaitHandle.WaitOne(s_pause))
                {
                    throw Errors.CertificateUnusable(certificate, "together with '" + key + "': " + e.Message);
                }
            }
        }
    }

    private static X509Certificate2 ReadLeaf(string certificatePath, string keyPath)
    {
        string certificate = Encoding.UTF8.GetString(CertificateFiles.ReadFile(certificatePath));
        ArraySegment<byte> keyBytes = CertificateFiles.ReadFile(keyPath);
        char[] key = Encoding.UTF8.GetChars(keyBytes.Array!, keyBytes.Offset, keyBytes.Count);
        try
        {
            if (key.AsSpan().IndexOf("-----BEGIN ENCRYPTED") >= 0)
            {
                throw Errors.CertificateUnusable(keyPath, "the key is encrypted.");
            }

            using X509Certificate2 read = X509Certificate2.CreateFromPem(certificate, key);

            // Windows makes TLS connections only with keys that are in a key container, which this makes.
            return OperatingSystem.IsWindows() ? new X509Certificate2(read.Export(X509ContentType.Pkcs12)) : new X509Certificate2(read);
        }
        catch (ArgumentException e)
        {
            // What a certificate and a key that do not fit each other are to the framework.
            throw new CryptographicException(e.Message);
        }
        finally
        {
            Array.Clear(key);
            CryptographicOperations.ZeroMemory(keyBytes);
        }
    }

    private static X509Certificate2Collection ReadCertificates(string path)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(CertificateFiles.ReadFile(path)));
        }
        catch (CryptographicException e)
        {
            throw Errors.CertificateUnusable(path, e.Message);
        }

        return certificates.Count > 0 ? certificates : throw Errors.CertificateUnusable(path, "there is no certificate in it.");
    }
}
#endif
