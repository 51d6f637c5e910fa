using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Compute.Operations;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Compute;

/// <summary>Compute Engine's 403 that asks to slow down, and the 403s that do not.</summary>
public sealed class ThrottleTests
{
    private const string Json = "Content-Type: application/json; charset=UTF-8";
    private const string Done = """{"name":"operation-1","status":"DONE","selfLink":"https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b/operations/operation-1"}""";
    private static readonly DateTime s_start = new(2025, 3, 14, 9, 26, 41, DateTimeKind.Utc);
    private readonly Events _events = new();
    private readonly List<TimeSpan> _pauses = [];
    private DateTime _now = s_start;

    [Theory]
    [InlineData("rateLimitExceeded")]
    [InlineData("userRateLimitExceeded")]
    public async Task A_throttle_waits_for_the_next_minute(string reason)
    {
        await using RawServer server = RawServer.Saying(Refuse(reason), RawServer.Answer(200, Done, Json));

        await GetAsync(server);

        TimeSpan pause = Assert.Single(_pauses);
        Assert.InRange(pause, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(22));
        (string id, object[] arguments) = Assert.Single(_events.Warnings);
        Assert.Equal("WarnThrottled", id);
        Assert.Equal("p", arguments[0]);
    }

    [Fact]
    public async Task All_requests_of_the_project_wait_and_those_of_others_do_not()
    {
        ThrottleGates gates = Gates();
        await using RawServer server = RawServer.Saying(Refuse("rateLimitExceeded"), RawServer.Answer(200, Done, Json));
        await GetAsync(server, gates);
        _now = s_start;

        await GetAsync(server, gates);
        int waited = _pauses.Count;
        await GetAsync(server, gates, "other");

        Assert.Equal(2, waited);
        Assert.Equal(2, _pauses.Count);
        Assert.Single(_events.Warnings);
    }

    [Theory]
    [InlineData("quotaExceeded", "QuotaExceeded")]
    [InlineData("accessNotConfigured", "ApiDisabled")]
    [InlineData("forbidden", "PermissionDenied")]
    public async Task What_is_no_throttle_is_told_at_once(string reason, string errorId)
    {
        await using RawServer server = RawServer.Saying(Refuse(reason));

        await Fails.WithAsync(errorId, () => GetAsync(server));

        Assert.Empty(_pauses);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_throttle_that_does_not_end_is_a_failure()
    {
        await using RawServer server = RawServer.Saying([.. Enumerable.Repeat(Refuse("rateLimitExceeded"), 20)]);

        await Fails.WithAsync("RateLimited", () => GetAsync(server).WaitAsync(TimeSpan.FromMinutes(3)));

        Assert.True(_pauses.Count >= 5);
    }

    [Fact]
    public void A_request_id_is_new_for_each_change_and_follows_from_a_chosen_one()
    {
        Guid chosen = Guid.Parse("11111111-2222-4333-8444-555555555555");
        string own = RequestIds.Make(null, "path", [1]);

        Assert.NotEqual(own, RequestIds.Make(null, "path", [1]));
        Assert.True(Guid.TryParseExact(own, "D", out _));
        Assert.Equal(RequestIds.Make(chosen, "path", [1]), RequestIds.Make(chosen, "path", [1]));
        Assert.Equal(4, new[] { ("path", 1), ("path", 2), ("other", 1) }.Select(x => RequestIds.Make(chosen, x.Item1, [(byte)x.Item2]))
            .Append(RequestIds.Make(Guid.NewGuid(), "path", [1])).Distinct().Count());
    }

    private static string Refuse(string reason) => RawServer.Answer(403, GcpEmulator.GoogleErrors.Create(403, "m", reason), Json);

    // Time passes as it is waited for.
    private ThrottleGates Gates() => new(() => _now, (pause, _) =>
    {
        _pauses.Add(pause);
        _now += pause;
        return Task.CompletedTask;
    });

    private Task<GceOperation> GetAsync(RawServer server, ThrottleGates? gates = null, string project = "p") =>
        new OperationService(new ApiClient(
            EngineSession.Of(new SessionRecord
            {
                Kind = CredentialKind.AccessToken,
                AccessToken = CachedTokenTests.Secret("ya29.mine"),
                Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["compute"] = server.Address.AbsoluteUri },
            }),
            gates: gates ?? Gates())).GetAsync(new OperationAddress(project, "europe-west1-b", null, "operation-1"), _events.Call());
}
