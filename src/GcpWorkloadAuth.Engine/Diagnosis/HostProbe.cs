using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>Whether a host can be reached at all: name, connection, TLS, some HTTP answer. Nothing is asked of it and no token goes.</summary>
internal sealed class HostProbe
{
    private const int Largest = 64 * 1024;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private HostProbe(Uri address, string? proxy, int status, TimeSpan? skew)
    {
        Address = address;
        Proxy = proxy;
        Status = status;
        Skew = skew;
    }

    public Uri Address { get; }

    /// <summary>The proxy on the way; null for none.</summary>
    public string? Proxy { get; }

    public int Status { get; }

    /// <summary>How far the local clock is ahead of the host's (its Date header, whole seconds); null where it sent none.</summary>
    public TimeSpan? Skew { get; }

    public static async Task<HostProbe> AskAsync(Uri service, EngineCall call)
    {
        Uri address = new(service, "/");
        string? proxy = ProxySettings.Between(address);
        if (proxy is null)
        {
            await ResolveAsync(address.DnsSafeHost).ConfigureAwait(false);
        }

        using HttpRequestMessage request = new(HttpMethod.Head, address);
        request.Headers.TryAddWithoutValidation("User-Agent", HttpSender.UserAgent);
        try
        {
            DateTimeOffset before = DateTimeOffset.UtcNow;
            using HttpReply reply = await HttpSender.SendAsync(HttpTransport.For(address), request, s_limit, Largest, 1, call)
                .ConfigureAwait(false);
            return new HostProbe(address, proxy, reply.Status, SkewOf(reply, before, DateTimeOffset.UtcNow));
        }
        catch (TransportFailure broken)
        {
            throw Find<AuthenticationException>(broken) is { } tls
                ? Errors.TlsFailed(address.Authority, tls.Message)
                : Failures.Of(broken, Largest);
        }
    }

    private static TimeSpan? SkewOf(HttpReply reply, DateTimeOffset before, DateTimeOffset after)
    {
        bool isTold = DateTimeOffset.TryParse(
            reply.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset told);
        return isTold ? before + TimeSpan.FromTicks((after - before).Ticks / 2) - told : null;
    }

    private static async Task ResolveAsync(string host)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return;
        }

        try
        {
            await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw Errors.HostNotResolved(host, e.Message);
        }
    }

    private static T? Find<T>(Exception e)
        where T : Exception
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
            {
                return found;
            }
        }

        return null;
    }
}
