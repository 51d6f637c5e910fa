using System.Diagnostics;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

/// <summary>What the metadata client accepts, refuses and tries again.</summary>
public sealed class MetadataClientTests
{
    private const string Flavor = "Metadata-Flavor: Google";
    private readonly Events _events = new();

    [Fact]
    public async Task An_answer_of_the_metadata_server_is_handed_on()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "demo", Flavor));

        using HttpReply reply = await GetAsync(server, "project/project-id");

        Assert.Equal("demo", reply.Text());
        Assert.StartsWith("GET /computeMetadata/v1/project/project-id HTTP/1.1\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(404)]
    public async Task Statuses_that_mean_something_to_the_caller_are_handed_on(int status)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, "x", Flavor));

        using HttpReply reply = await GetAsync(server);

        Assert.Equal(status, reply.Status);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_that_is_not_ready_is_asked_again(int status)
    {
        await using RawServer server = RawServer.Saying(
            RawServer.Answer(status, "not yet", Flavor), RawServer.Answer(status, "not yet"), RawServer.Answer(200, "ready", Flavor));

        using HttpReply reply = await GetAsync(server);

        Assert.Equal("ready", reply.Text());
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal([1, 2, 3], _events.Exchanges.Select(e => e.Attempt));
    }

    [Fact]
    public async Task Connections_that_break_are_made_again()
    {
        int request = 0;
        await using RawServer server = new(c => ++request switch
        {
            1 => Task.CompletedTask,
            2 => c.SendAsync("HTTP/1.1 200 OK\r\nMetadata-Flavor: Google\r\nContent-Length: 100\r\n\r\nhalf"),
            3 => c.SendAsync("nonsense\r\n\r\n"),
            _ => c.SendAsync(RawServer.Answer(200, "ready", Flavor)),
        });

        using HttpReply reply = await GetAsync(server);

        Assert.Equal("ready", reply.Text());
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task What_the_server_asks_to_wait_is_waited()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(503, "x", Flavor, "Retry-After: 1"), RawServer.Answer(200, "ready", Flavor));
        Stopwatch clock = Stopwatch.StartNew();

        using HttpReply reply = await GetAsync(server);

        Assert.InRange(clock.ElapsedMilliseconds, 950, 8000);
    }

    [Theory]
    [InlineData(503, "MetadataServerBusy", nameof(GcpErrorKind.Unavailable))]
    [InlineData(429, "MetadataServerBusy", nameof(GcpErrorKind.Unavailable))]
    [InlineData(500, "MetadataServerFailed", nameof(GcpErrorKind.Unavailable))]
    public async Task What_the_server_asks_to_wait_beyond_the_deadline_ends_the_wait(int status, string errorId, string kind)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, "x", Flavor, "Retry-After: 3600"));
        Stopwatch clock = Stopwatch.StartNew();

        GcpException failure = await Fails.WithAsync(errorId, () => GetAsync(server, "instance/name"));

        Assert.Equal((status, Enum.Parse<GcpErrorKind>(kind)), (failure.StatusCode, failure.Kind));
        Assert.Single(server.Requests);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), "waited");
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up_at_the_deadline()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(503, "x", Flavor));
        Stopwatch clock = Stopwatch.StartNew();

        GcpException failure = await Fails.WithAsync("MetadataServerBusy", () => GetAsync(server, seconds: 0.5));

        Assert.Contains("503", failure.Message, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 2, 10);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), "took " + clock.Elapsed);
    }

    [Theory]
    [InlineData(200, "X: y")]
    [InlineData(200, "Metadata-Flavor: google")]
    [InlineData(200, "Metadata-Flavor: Google, Google")]
    [InlineData(200, "Metadata-Flavor: Amazon")]
    [InlineData(404, "X: y")]
    [InlineData(403, "X: y")]
    [InlineData(301, "Location: /computeMetadata/v1/instance/")]
    [InlineData(302, "Location: http://login.example/")]
    public async Task An_answer_without_the_flavor_is_not_googles(int status, string header)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, "SECRET", header));

        GcpException failure = await Fails.WithAsync("MetadataServerNotGoogle", () => GetAsync(server, "instance"));

        Assert.Contains(server.Host, failure.Message, StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.Security, failure.Kind);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_broken_server_without_the_flavor_is_not_googles_in_the_end()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(502, "Bad Gateway"));

        await Fails.WithAsync("MetadataServerNotGoogle", () => GetAsync(server, seconds: 0.4));
    }

    [Theory]
    [InlineData(301, "/other")]
    [InlineData(302, "")]
    [InlineData(302, "/computeMetadata/v1/instance/")]
    [InlineData(303, "/x")]
    [InlineData(307, "/computeMetadata/v1/instance/")]
    [InlineData(308, "/x")]
    public async Task A_redirect_is_refused_and_its_target_never_asked(int status, string path)
    {
        await using RawServer target = RawServer.Saying(RawServer.Answer(200, "SECRET", Flavor));
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, "moved", Flavor, "Location: http://" + target.Host + path + "?key=SECRET"));

        GcpException failure = await Fails.WithAsync("RedirectRefused", () => GetAsync(server, "instance"));

        Assert.Contains(target.Host, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(target.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_missing_slash_is_handed_on()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(301, "moved", Flavor, "Location: /computeMetadata/v1/instance/"));

        using HttpReply reply = await GetAsync(server, "instance");

        Assert.Equal(301, reply.Status);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_servers_words_without_its_tags()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(
            403, "<!DOCTYPE html>\n<html><title>Error 403</title><p>Missing <b>permission</b>.\t<a href=\"x\">more</a>" + new string('x', 500) + "</html>", Flavor));

        GcpException failure = await Fails.WithAsync("MetadataServerRefused", () => GetAsync(server, "instance/service-accounts/default/token"));

        Assert.Contains("Error 403 Missing permission . more", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'instance/service-accounts/default/token'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('<', failure.Message);
        Assert.InRange(failure.Message.Length, 50, 400);
        Assert.Equal((403, GcpErrorKind.Permission), (failure.StatusCode, failure.Kind));
    }

    [Fact]
    public async Task A_refusal_without_words_is_still_one()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(403, " \r\n", Flavor));

        Assert.Contains("no reason given", (await Fails.WithAsync("MetadataServerRefused", () => GetAsync(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_status_is_a_failure()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(418, "x", Flavor));

        Assert.Equal(418, (await Fails.WithAsync("MetadataServerFailed", () => GetAsync(server))).StatusCode);
    }

    [Fact]
    public async Task A_value_beyond_the_cap_is_refused_and_not_asked_for_again()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, new string('x', MetadataClient.ValueCap + 1), Flavor));

        await Fails.WithAsync("ResponseTooLarge", () => GetAsync(server));
        Assert.Single(server.Requests);
    }

    private Task<HttpReply> GetAsync(RawServer server, string path = "instance/name", double seconds = 10)
    {
        MetadataClient client = new(MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", server.Host))), TimeSpan.FromSeconds(seconds));
        return Worker.RunAsync(() => client.Get(path, MetadataClient.ValueCap, TimeSpan.Zero, _events.Call()));
    }
}
