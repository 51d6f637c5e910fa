using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>Servers that are slow, silent or not there: the time-out holds, and stopping ends the wait at once.</summary>
public sealed class PlainHttpHangTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_slow_answer_inside_the_time_is_read()
    {
        await using RawServer server = new(async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
            for (int i = 0; i < 4; i++)
            {
                await c.WaitAsync(50);
                await c.SendAsync("x");
            }
        });

        using HttpReply reply = await GetAsync(server.Address, TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.Equal("xxxx", reply.Text());
    }

    [Fact]
    public async Task A_server_that_drips_is_given_up_at_the_time_out()
    {
        await using RawServer server = new(async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (true)
            {
                await c.SendAsync("x");
                await c.WaitAsync(20);
            }
        });

        await TimesOutAsync(server.Address);
    }

    [Fact]
    public async Task A_silent_server_is_given_up_at_the_time_out()
    {
        await using RawServer server = RawServer.Silent();

        await TimesOutAsync(server.Address);
    }

    [Fact]
    public async Task A_black_hole_is_given_up_at_the_time_out()
    {
        using BlackHole hole = new();

        await TimesOutAsync(hole.Address);
    }

    [Fact]
    public async Task A_refused_connection_is_told_at_once()
    {
        Stopwatch clock = Stopwatch.StartNew();

        TransportFailure failure = await Assert.ThrowsAsync<TransportFailure>(
            () => GetAsync(new Uri("http://127.0.0.1:" + FreePort() + "/"), TimeSpan.FromSeconds(30), CancellationToken.None));

        Assert.Equal(TransportFailureKind.Connection, failure.Kind);
        Assert.True(clock.Elapsed < s_soon, "took " + clock.Elapsed);
    }

    [Fact]
    public async Task A_name_with_several_addresses_is_tried_at_each()
    {
        // localhost may be ::1 first, where nobody listens.
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "ok"));

        using HttpReply reply = await GetAsync(new Uri("http://localhost:" + server.Port + "/"), TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.Equal("ok", reply.Text());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopping_ends_the_wait_for_an_answer_or_a_connection_at_once(bool blackHole)
    {
        await using RawServer server = RawServer.Silent();
        using BlackHole hole = new();
        using CancellationTokenSource stop = new();
        Task<HttpReply> getting = GetAsync(blackHole ? hole.Address : server.Address, TimeSpan.FromSeconds(60), stop.Token);
        await Task.Delay(150, TestContext.Current.CancellationToken);
        Assert.False(getting.IsCompleted);
        Stopwatch clock = Stopwatch.StartNew();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting);
        Assert.True(clock.Elapsed < s_soon, "took " + clock.Elapsed);
    }

    [Fact]
    public async Task Stopping_ends_the_reading_of_a_body_at_once()
    {
        TaskCompletionSource begun = new();
        await using RawServer server = new(async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            begun.SetResult();
            await c.HangAsync();
        });
        using CancellationTokenSource stop = new();
        Task<HttpReply> getting = GetAsync(server.Address, TimeSpan.FromSeconds(60), stop.Token);
        await begun.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting.WaitAsync(s_soon, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_stopped_before_asks_nobody()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "ok"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(server.Address, TimeSpan.FromSeconds(10), new CancellationToken(true)));
        Assert.Empty(server.Requests);
    }

    private static async Task TimesOutAsync(Uri address)
    {
        Stopwatch clock = Stopwatch.StartNew();

        TransportFailure failure = await Assert.ThrowsAsync<TransportFailure>(() => GetAsync(address, TimeSpan.FromMilliseconds(400), CancellationToken.None));

        Assert.Equal(TransportFailureKind.Timeout, failure.Kind);
        Assert.Equal("no answer within 0.4 s", failure.Message);
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(350), s_soon);
    }

    private static Task<HttpReply> GetAsync(Uri uri, TimeSpan timeout, CancellationToken stopping) =>
        Worker.RunAsync(() => PlainHttp.Get(uri, timeout, 64 * 1024, 1, new Events().Call(stopping)));

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
