using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

public sealed class PlainHttpTests
{
    private readonly Events _events = new();

    [Fact]
    public async Task The_request_is_one_plain_get()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "ok"));

        using HttpReply reply = await GetAsync(server, "computeMetadata/v1/a%2Fb?scopes=x%2Cy&alt=json#fragment");

        Assert.Equal(
            $"GET /computeMetadata/v1/a%2Fb?scopes=x%2Cy&alt=json HTTP/1.1\r\nHost: {server.Host}\r\nMetadata-Flavor: Google\r\n"
            + $"User-Agent: {HttpSender.UserAgent}\r\nConnection: close\r\n\r\n",
            Assert.Single(server.Requests));
        Assert.Equal("ok", reply.Text());
    }

    [Fact]
    public async Task Status_headers_and_a_body_of_known_length()
    {
        await using RawServer server = RawServer.Saying(
            "HTTP/1.1 404 Not Found\r\ncontent-LENGTH:  5 \r\nETag: \"x: y\"\r\nEmpty:\r\nContent-Type: text/html; charset=UTF-8\r\n\r\nhello and more");

        using HttpReply reply = await GetAsync(server);

        Assert.Equal((404, "hello", 5), (reply.Status, reply.Text(), reply.Length));
        Assert.Equal("\"x: y\"", reply.Header("etag"));
        Assert.Equal(string.Empty, reply.Header("EMPTY"));
        Assert.Equal("text/html", reply.ContentType);
        Assert.Null(reply.Header("Missing"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task An_empty_body_is_empty(string answer)
    {
        await using RawServer server = RawServer.Saying(answer);

        using HttpReply reply = await GetAsync(server);

        Assert.Equal((200, 0), (reply.Status, reply.Length));
    }

    [Theory]
    [InlineData("4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n")]
    [InlineData("4;name=value\r\nWiki\r\n5 \r\npedia\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("1\r\nW\r\n8\r\nikipedia\r\n0\r\n\r\n")]
    [InlineData("0009\r\nWikipedia\r\n00\r\n\r\n")]
    public async Task Chunks_are_put_together(string chunks)
    {
        await using RawServer server = RawServer.Saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n" + chunks);

        using HttpReply reply = await GetAsync(server);

        Assert.Equal("Wikipedia", reply.Text());
    }

    [Fact]
    public async Task Chunks_may_hold_line_ends_and_be_large()
    {
        string part = string.Concat(Enumerable.Repeat("0\r\n\r\nabc", 4000));
        string length = part.Length.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        await using RawServer server = RawServer.Saying($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{length}\r\n{part}\r\n2\r\nxy\r\n0\r\n\r\n");

        using HttpReply reply = await GetAsync(server);

        Assert.Equal(part + "xy", reply.Text());
    }

    [Fact]
    public async Task A_body_may_end_with_the_connection()
    {
        string body = new('b', 20_000);
        await using RawServer server = RawServer.Saying("HTTP/1.1 200 OK\r\nMetadata-Flavor: Google\r\n\r\n" + body);

        using HttpReply reply = await GetAsync(server);

        Assert.Equal(body, reply.Text());
    }

    [Fact]
    public async Task An_answer_may_come_byte_by_byte()
    {
        byte[] answer = Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\näx"[..^1] + "\r\n0\r\n\r\n");
        await using RawServer server = new(async c =>
        {
            foreach (byte b in answer)
            {
                await c.SendAsync([b]);
            }
        });

        using HttpReply reply = await GetAsync(server);

        Assert.Equal("abcä", reply.Text());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\nx\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Len")]
    public async Task A_cut_answer_is_no_answer(string answer)
    {
        await using RawServer server = RawServer.Saying(answer);

        Assert.Equal(TransportFailureKind.Truncated, (await FailAsync(server)).Kind);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n\r\n")]
    [InlineData("\r\n\r\n\r\n\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1 OK 200\r\n\r\n")]
    [InlineData("HTTP/1.1 20\r\n\r\n")]
    [InlineData("HTTP/1.1 -20 OK\r\n\r\n")]
    [InlineData("HTTP\r\n\r\n")]
    public async Task What_does_not_speak_http_is_said_so(string answer)
    {
        await using RawServer server = RawServer.Saying(answer);

        Assert.Contains("does not speak HTTP", (await FailAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_without_a_word_is_no_connection()
    {
        await using RawServer server = new(static _ => Task.CompletedTask);

        Assert.Equal(TransportFailureKind.Connection, (await FailAsync(server)).Kind);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_answer()
    {
        await using RawServer server = new(async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel");
            await c.WaitAsync(50);
            c.Reset();
        });

        Assert.Equal(TransportFailureKind.Truncated, (await FailAsync(server)).Kind);
    }

    [Fact]
    public async Task An_endless_head_is_too_large()
    {
        await using RawServer server = new(async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await c.SendAsync("X: " + new string('x', 1000) + "\r\n");
            }
        });

        Assert.Equal(TransportFailureKind.TooLarge, (await FailAsync(server)).Kind);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(100, false)]
    public async Task A_head_has_a_largest_size(int kilobytes, bool isRead)
    {
        string padding = "X: " + new string('x', kilobytes * 1024) + "\r\n";
        await using RawServer server = RawServer.Saying("HTTP/1.1 200 OK\r\n" + padding + "Content-Length: 2\r\n\r\nok");

        if (isRead)
        {
            using HttpReply reply = await GetAsync(server);
            Assert.Equal("ok", reply.Text());
        }
        else
        {
            Assert.Equal(TransportFailureKind.TooLarge, (await FailAsync(server)).Kind);
        }
    }

    [Theory]
    [InlineData("Content-Length: 1001\r\n\r\n")]
    [InlineData("Content-Length: 9223372036854775807\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3E9\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    public async Task A_body_beyond_the_cap_is_too_large(string rest)
    {
        await using RawServer server = new(async c =>
        {
            await c.SendAsync("HTTP/1.1 200 OK\r\n" + rest);
            for (int i = 0; i < 10_000; i++)
            {
                await c.SendAsync(new string('x', 1000));
            }
        });

        TransportFailure failure = await FailAsync(server, cap: 1000);
        Assert.Equal((TransportFailureKind.TooLarge, server.Host), (failure.Kind, failure.Host));
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3E8\r\n", "\r\n0\r\n\r\n")]
    public async Task A_body_of_the_cap_is_not(string before, string after)
    {
        await using RawServer server = RawServer.Saying("HTTP/1.1 200 OK\r\n" + before + new string('x', 1000) + after);

        using HttpReply reply = await GetAsync(server, cap: 1000);

        Assert.Equal(1000, reply.Length);
    }

    [Fact]
    public async Task Chunks_that_only_together_go_beyond_the_cap_are_too_large()
    {
        await using RawServer server = RawServer.Saying(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("64\r\n" + new string('x', 100) + "\r\n", 11)) + "0\r\n\r\n");

        Assert.Equal(TransportFailureKind.TooLarge, (await FailAsync(server, cap: 1000)).Kind);
    }

    [Fact]
    public async Task An_exchange_is_told_without_secrets()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(503, "SECRET"));

        using HttpReply reply = await GetAsync(server, "p?key=SECRET&alt=json");

        HttpExchange exchange = Assert.Single(_events.Exchanges);
        Assert.Equal(("GET", server.Address + "p?key=***&alt=json", 503, 7, null), (exchange.Method, exchange.DisplayUri, exchange.Status, exchange.Attempt, exchange.Failure));
    }

    [Fact]
    public async Task A_failed_exchange_is_told_too()
    {
        await using RawServer server = RawServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");

        await FailAsync(server);

        HttpExchange exchange = Assert.Single(_events.Exchanges);
        Assert.Null(exchange.Status);
        Assert.Equal("the answer broke off", exchange.Failure);
    }

    private Task<HttpReply> GetAsync(RawServer server, string path = "", int cap = 1024 * 1024) =>
        Worker.RunAsync(() => PlainHttp.Get(new Uri(server.Address, path), TimeSpan.FromSeconds(10), cap, 7, _events.Call()));

    private async Task<TransportFailure> FailAsync(RawServer server, int cap = 1024 * 1024)
    {
        TransportFailure failure = await Assert.ThrowsAsync<TransportFailure>(() => GetAsync(server, cap: cap));
        Assert.Equal(server.Host, failure.Host);
        Assert.NotEmpty(failure.Message);
        return failure;
    }
}
