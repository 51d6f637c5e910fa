using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Tests.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>What a call sends, when it sends it again, and when it stops.</summary>
public sealed class ApiClientTests
{
    private const string Json = "Content-Type: application/json; charset=UTF-8";
    private const string Throttle = """{"error":{"code":403,"message":"m","errors":[{"reason":"rateLimitExceeded","domain":"usageLimits"}]}}""";
    private static readonly ApiMethod s_insert = new(ApiService.Storage, "storage.buckets.insert", HttpMethod.Post, "b", RetryClass.Never, "project");
    private readonly Events _events = new();

    [Fact]
    public async Task The_request_carries_the_token_and_the_quota_project()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, "{\"name\":\"b\"}", Json));

        await GetAsync(server, quotaProject: "billing");

        string head = Assert.Single(server.Requests);
        Assert.StartsWith("GET /storage/v1/b/my-bucket?fields=name HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer ya29.mine\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nx-goog-user-project: billing\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: GcpWorkloadAuth/", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_is_json()
    {
        string? body = null;
        await using RawServer server = new(async c =>
        {
            body = await c.ReadBodyAsync();
            await c.SendAsync(RawServer.Answer(200, "{\"name\":\"b\"}", Json));
        });

        await Client(server).SendAsync(s_insert, s_insert.Format([], ("project", "p")), JsonBody.Write("ä"), Read, NotFound, _events.Call());

        Assert.Equal("\"ä\"", body);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.StartsWith("POST /storage/v1/b?project=p ", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "<html>")]
    [InlineData(500, "")]
    [InlineData(429, "{}")]
    [InlineData(408, "{\"error\":")]
    [InlineData(403, Throttle)]
    public async Task A_busy_service_is_asked_again(int status, string body)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, body, Json), RawServer.Answer(200, "{\"name\":\"b\"}", Json));

        await GetAsync(server);

        Assert.Equal([1, 2], _events.Exchanges.Select(e => e.Attempt));
    }

    [Fact]
    public async Task A_broken_connection_is_made_again()
    {
        await using RawServer server = RawServer.Saying(string.Empty, RawServer.Answer(200, "{\"name\":\"b\"}", Json));

        await GetAsync(server);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_would_take_too_long_is_not_begun()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(503, "{}", Json, "Retry-After: 600"));

        await Fails.WithAsync("ServiceUnavailable", () => GetAsync(server).WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(400, "RequestInvalid")]
    [InlineData(403, "PermissionDenied")]
    [InlineData(404, "BucketNotFound")]
    [InlineData(409, "Conflict")]
    public async Task A_refusal_is_told_at_once(int status, string errorId)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, GcpEmulator.GoogleErrors.Create(status, "m", "r"), Json));

        GcpException failure = await Fails.WithAsync(errorId, () => GetAsync(server));

        Assert.Single(server.Requests);
        Assert.Equal((status, server.Address + "storage/v1/b/my-bucket?fields=name"), (failure.StatusCode, failure.RequestUri));
    }

    [Theory]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(0, "ConnectionFailed")]
    public async Task What_may_not_be_sent_twice_is_sent_once(int status, string errorId)
    {
        await using RawServer server = RawServer.Saying(status == 0 ? string.Empty : RawServer.Answer(status, "{}", Json));

        await Fails.WithAsync(
            errorId, () => Client(server).SendAsync(s_insert, s_insert.Format([]), JsonBody.Write(null), Read, NotFound, _events.Call()));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("{\"name\":\"half", 2)]
    [InlineData("{\"kind\":\"storage#bucket\"}", 2)]
    public async Task An_answer_that_is_not_whole_is_asked_for_once_more(string body, int requests)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, body, Json));

        await Fails.WithAsync("ResponseTruncated", () => GetAsync(server));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Theory]
    [InlineData("<html>portal</html>", "text/html")]
    [InlineData("", "application/json")]
    [InlineData("nonsense", "text/plain")]
    public async Task A_page_is_not_asked_for_again(string body, string type)
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(200, body, "Content-Type: " + type));

        Assert.Contains("'" + type + "'", (await Fails.WithAsync("ResponseNotJson", () => GetAsync(server))).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_redirect_is_refused_and_the_token_not_sent_on(int status)
    {
        await using RawServer target = RawServer.Saying(RawServer.Answer(200, "{\"name\":\"b\"}", Json));
        await using RawServer server = RawServer.Saying(RawServer.Answer(status, string.Empty, "Location: " + target.Address));

        Fails.Check("RedirectRefused", await Fails.WithAsync("RedirectRefused", () => GetAsync(server)), target.Host);
        Assert.Empty(target.Requests);
    }

    [Fact]
    public async Task A_given_token_that_is_refused_is_not_asked_for_again()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(401, GcpEmulator.GoogleErrors.InvalidCredentials(), Json));

        GcpException failure = await Fails.WithAsync("Unauthenticated", () => GetAsync(server));

        Assert.Single(server.Requests);
        Assert.DoesNotContain("ya29", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_a_call_at_once()
    {
        await using RawServer server = RawServer.Silent();
        using CancellationTokenSource stop = new();
        Task<GcsBucketName> getting = GetAsync(server, stopping: stop.Token);
        await Task.Delay(150);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting.WaitAsync(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Nothing_that_is_told_holds_the_token()
    {
        await using RawServer server = RawServer.Saying(RawServer.Answer(503, "{}", Json), RawServer.Answer(200, "{\"name\":\"b\"}", Json));

        await GetAsync(server);

        Assert.All(_events.Exchanges, e => Assert.DoesNotContain("ya29", e.DisplayUri + e.Failure, StringComparison.Ordinal));
    }

    private Task<GcsBucketName> GetAsync(RawServer server, string? quotaProject = null, CancellationToken stopping = default) => Client(server, quotaProject).GetAsync(
        StorageApi.BucketsGet,
        StorageApi.BucketsGet.Format(["my-bucket"], ("fields", "name")),
        Read,
        NotFound,
        _events.Call(stopping));

    // A token that the user gave and an endpoint that the user named: no environment takes part.
    private static ApiClient Client(RawServer server, string? quotaProject = null) => new(EngineSession.Of(new SessionRecord
    {
        Kind = CredentialKind.AccessToken,
        AccessToken = CachedTokenTests.Secret("ya29.mine"),
        QuotaProject = quotaProject,
        Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["storage"] = server.Address.AbsoluteUri },
    }));

    private static GcpException NotFound(ApiRefusal refusal) => Errors.BucketNotFound("my-bucket");

    private static GcsBucketName Read(ref JsonCursor json) => new(Storage.BucketReader.Read(ref json).Name);

    private sealed record GcsBucketName(string Name);
}
