using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>The one HTTP stack for APIs and token endpoints.</summary>
public sealed class HttpSenderTests
{
    private readonly Events _events = new();

    [Fact]
    public async Task An_answer_is_whole_whatever_its_status()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(409, "{\"a\":\"ä\"}", "Content-Type: application/json; charset=UTF-8", "X-A: 1", "x-a: 2"));

        using HttpReply reply = await SendAsync(server, "p?upload_id=SECRET&alt=json");

        Assert.Equal((409, "{\"a\":\"ä\"}", "application/json"), (reply.Status, reply.Text(), reply.ContentType));
        Assert.Equal("1,2", reply.Header("X-A"));
        HttpExchange exchange = Assert.Single(_events.Exchanges);
        Assert.Equal((server.Address + "p?upload_id=***&alt=json", 409, 3), (exchange.DisplayUri, exchange.Status!.Value, exchange.Attempt));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_handed_on_and_not_followed(int status)
    {
        await using RawServer target = RawServer.Saying(RawServer.Answer(200, "evil"));
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, "moved", "Location: " + target.Address));

        using HttpReply reply = await SendAsync(server);

        Assert.True(reply.IsRedirect);
        Assert.Equal(target.Address, reply.LocationFrom(server.Address));
        Assert.Empty(target.Requests);
    }

    [Fact]
    public async Task No_cookie_and_no_identity_is_kept()
    {
        await using RawServer server = RawServer.Saying(
            RawServer.Answer(401, "x", "Set-Cookie: session=1", "WWW-Authenticate: Negotiate", "WWW-Authenticate: Basic realm=\"x\""));

        (await SendAsync(server)).Dispose();
        (await SendAsync(server)).Dispose();

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, head =>
        {
            Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("traceparent", head, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Accept-Encoding: gzip", head, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task A_compressed_answer_is_unpacked(int size)
    {
        string text = new('z', size);
        byte[] packed = Pack(text);
        await using RawServer server = new(async c =>
        {
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n");
            await c.SendAsync(packed);
        });

        using HttpReply reply = await SendAsync(server);

        Assert.Equal(text, reply.Text());
    }

    [Fact]
    public async Task A_small_answer_that_unpacks_to_more_than_the_cap_is_too_large()
    {
        byte[] packed = Pack(new string('z', 2_000_000));
        Assert.True(packed.Length < 10_000);
        await using RawServer server = new(async c =>
        {
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n");
            await c.SendAsync(packed);
        });

        Assert.Equal(TransportFailureKind.TooLarge, (await FailAsync(server, cap: 1_000_000)).Kind);
    }

    [Theory]
    [InlineData("Content-Length: 1001\r\n\r\n")]
    [InlineData("Connection: close\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3E9\r\n")]
    public async Task A_body_beyond_the_cap_is_too_large(string rest)
    {
        await using RawServer server = RawServer.Saying("HTTP/1.1 200 OK\r\n" + rest + new string('x', 1001) + "\r\n0\r\n\r\n");

        Assert.Equal(TransportFailureKind.TooLarge, (await FailAsync(server, cap: 1000)).Kind);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", nameof(TransportFailureKind.Truncated))]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", nameof(TransportFailureKind.Truncated))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", nameof(TransportFailureKind.Connection))]
    [InlineData("nonsense\r\n\r\n", nameof(TransportFailureKind.Connection))]
    [InlineData("", nameof(TransportFailureKind.Connection))]
    public async Task A_cut_answer_is_a_transport_failure_with_its_reason(string answer, string kind)
    {
        await using RawServer server = RawServer.Saying(answer);

        TransportFailure failure = await FailAsync(server);

        Assert.Equal(Enum.Parse<TransportFailureKind>(kind), failure.Kind);
        Assert.DoesNotContain("An error occurred while sending the request", failure.Message, StringComparison.Ordinal);
        HttpExchange exchange = Assert.Single(_events.Exchanges);
        Assert.Equal((null, failure.Message), (exchange.Status, exchange.Failure));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_time_out_says_how_long_was_waited(bool afterTheHead)
    {
        await using RawServer server = new(async c =>
        {
            await c.SendAsync(afterTheHead ? "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf" : string.Empty);
            await c.HangAsync();
        });
        Stopwatch clock = Stopwatch.StartNew();

        TransportFailure failure = await FailAsync(server, seconds: 0.4);

        Assert.Equal((TransportFailureKind.Timeout, 0.4), (failure.Kind, failure.Seconds));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.35, 4);
        GcpException told = Fails.Check("ConnectionTimedOut", Failures.Of(failure, 1000), "0.4 s", server.Host);
        Assert.Equal(GcpErrorKind.Timeout, told.Kind);
    }

    [Theory]
    [InlineData(nameof(TransportFailureKind.Connection), "ConnectionFailed")]
    [InlineData(nameof(TransportFailureKind.Truncated), "ResponseTruncated")]
    [InlineData(nameof(TransportFailureKind.TooLarge), "ResponseTooLarge")]
    public void Each_transport_failure_has_its_own_failure(string kind, string errorId) =>
        Fails.Check(errorId, Failures.Of(new TransportFailure(Enum.Parse<TransportFailureKind>(kind), "h.example", "why"), 1000), "h.example");

    [Fact]
    public async Task Stopping_ends_it_at_once()
    {
        await using RawServer server = RawServer.Silent();
        using CancellationTokenSource stop = new();
        Task<HttpReply> sending = SendAsync(server, stopping: stop.Token);
        await Task.Delay(100);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Only_loopback_goes_without_the_proxy()
    {
        Assert.Same(HttpTransport.Direct, HttpTransport.For(new Uri("http://127.0.0.1:80/")));
        Assert.Same(HttpTransport.Direct, HttpTransport.For(new Uri("http://[::1]/")));
        Assert.Same(HttpTransport.Proxied, HttpTransport.For(new Uri("https://storage.googleapis.com/")));
        Assert.Same(HttpTransport.Proxied, HttpTransport.For(new Uri("https://localhost.evil.example/")));
    }

    private static byte[] Pack(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private async Task<HttpReply> SendAsync(RawServer server, string path = "", int cap = 1024 * 1024, double seconds = 10, CancellationToken stopping = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(server.Address, path));
        return await HttpSender.SendAsync(HttpTransport.Direct, request, TimeSpan.FromSeconds(seconds), cap, 3, _events.Call(stopping));
    }

    private async Task<TransportFailure> FailAsync(RawServer server, int cap = 1024 * 1024, double seconds = 10)
    {
        TransportFailure failure = await Assert.ThrowsAsync<TransportFailure>(() => SendAsync(server, cap: cap, seconds: seconds));
        Assert.Equal(server.Host, failure.Host);
        Assert.NotEmpty(failure.Message);
        return failure;
    }
}
