using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GcpEmulator.Http;

/// <summary>
/// Kestrel without a host: no configuration, no dependency injection, no logging, so that it starts in a few milliseconds
/// and no ASPNETCORE_* variable can make it listen anywhere else.
/// </summary>
internal sealed class LoopbackServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly Func<HttpContext, Task> _handler;

    private LoopbackServer(IPEndPoint endpoint, Func<HttpContext, Task> handler)
    {
        _handler = handler;
        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null; // a client may read as slowly as it likes
        options.Limits.MaxResponseBufferSize = 4 * 1024 * 1024; // a page of 500 instances in one go
        options.Limits.MaxRequestLineSize = 64 * 1024;
        options.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        SocketTransportFactory transport = new(Options.Create(LargeBlockPool.Use(new SocketTransportOptions())), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<LoopbackServer> StartAsync(IPAddress address, int port, Func<HttpContext, Task> handler, CancellationToken ct)
    {
        if (!IPAddress.IsLoopback(address))
        {
            throw new ArgumentException($"The emulator listens on loopback addresses only, not on {address}.", nameof(address));
        }

        LoopbackServer server = new(new IPEndPoint(address, port), handler);
        try
        {
            await server._server.StartAsync(server, ct);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.Address = new Uri(server._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return server;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => _handler(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        // An already cancelled token: close the connections at once instead of waiting for idle clients.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
