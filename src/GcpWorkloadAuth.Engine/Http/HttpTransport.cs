using System;
using System.Net;
using System.Net.Http;
#if NET
using System.Net.Security;
#endif
using System.Security.Cryptography.X509Certificates;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>
/// The one HTTP stack: connection pools, made at first use. None follows redirects nor keeps cookies nor offers the user's
/// own Windows identity.
/// </summary>
internal static class HttpTransport
{
    private const int ConnectionsPerServer = 32;
    private static readonly Lazy<HttpMessageInvoker> s_direct = new(static () => new HttpMessageInvoker(MakeHandler(useProxy: false)));
    private static readonly Lazy<HttpMessageInvoker> s_proxied = new(static () => new HttpMessageInvoker(MakeHandler(useProxy: true)));
    private static readonly Lazy<HttpMessageInvoker> s_directMedia = new(static () => new HttpMessageInvoker(MakeMediaHandler(useProxy: false)));
    private static readonly Lazy<HttpMessageInvoker> s_proxiedMedia = new(static () => new HttpMessageInvoker(MakeMediaHandler(useProxy: true)));

    /// <summary>Never through a proxy: the metadata server and loopback.</summary>
    public static HttpMessageInvoker Direct => s_direct.Value;

    /// <summary>Through the proxy that HTTPS_PROXY and NO_PROXY, or the system, name.</summary>
    public static HttpMessageInvoker Proxied => s_proxied.Value;

    /// <summary>The pool for an API's address.</summary>
    public static HttpMessageInvoker For(Uri uri) => uri.IsLoopback ? Direct : Proxied;

    /// <summary>
    /// The pool for objects' contents. It unpacks nothing: hashes are those of the stored bytes, and what is stored packed stays so.
    /// </summary>
    public static HttpMessageInvoker ForMedia(Uri uri) => (uri.IsLoopback ? s_directMedia : s_proxiedMedia).Value;

#if NET
    /// <summary>
    /// Connections to one address that show a client certificate, and are nobody else's: made for a few requests and disposed of.
    /// </summary>
    /// <param name="uri">The address.</param>
    /// <param name="certificate">The certificate with its key; it must outlive the connections.</param>
    /// <param name="chain">What is between it and the root.</param>
    public static HttpMessageInvoker WithCertificate(Uri uri, X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        SocketsHttpHandler handler = MakeHandler(useProxy: !uri.IsLoopback);

        // Without looking for what is missing: that would be a request of its own, to wherever the certificate says.
        handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        return new HttpMessageInvoker(handler);
    }

    private static SocketsHttpHandler MakeHandler(bool useProxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        Credentials = null,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        MaxConnectionsPerServer = ConnectionsPerServer,
        ConnectTimeout = TimeSpan.FromSeconds(20),

        // DNS changes are seen, and a connection through a load balancer does not live for ever.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // No traceparent headers, and no diagnostics machinery loaded for the first token.
        ActivityHeadersPropagator = null,
    };

    private static SocketsHttpHandler MakeMediaHandler(bool useProxy)
    {
        SocketsHttpHandler handler = MakeHandler(useProxy);
        handler.AutomaticDecompression = DecompressionMethods.None;

        // What is left of an answer that is not wanted to its end is not read: the connection goes.
        handler.MaxResponseDrainSize = 64 * 1024;
        handler.ResponseDrainTimeout = TimeSpan.FromMilliseconds(100);
        return handler;
    }
#else
    /// <summary>Client certificates come from credential files, which .NET Framework cannot read.</summary>
    public static HttpMessageInvoker WithCertificate(Uri uri, X509Certificate2 certificate, X509Certificate2Collection chain) =>
        throw new PlatformNotSupportedException(uri.Authority + certificate.Subject + chain.Count);

    private static HttpClientHandler MakeMediaHandler(bool useProxy)
    {
        HttpClientHandler handler = MakeHandler(useProxy);
        handler.AutomaticDecompression = DecompressionMethods.None;
        return handler;
    }

    private static HttpClientHandler MakeHandler(bool useProxy)
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            UseDefaultCredentials = false,
            AutomaticDecompression = DecompressionMethods.GZip,
        };
        if (useProxy && EnvironmentProxy.FromEnvironment() is { } proxy)
        {
            handler.Proxy = proxy;
        }

        try
        {
            // Per handler: the process-wide limit of 2 belongs to the user.
            handler.MaxConnectionsPerServer = ConnectionsPerServer;
        }
        catch (PlatformNotSupportedException)
        {
            // Mono has no limit to raise.
        }

        EnsureTls12();
        return handler;
    }

    // OR-ing onto SystemDefault (0) would take TLS 1.3 away.
    private static void EnsureTls12()
    {
        if (ServicePointManager.SecurityProtocol != 0)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }
    }
#endif
}
