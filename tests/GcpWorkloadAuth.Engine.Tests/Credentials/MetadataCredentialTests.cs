using GcpEmulator;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

public sealed class MetadataCredentialTests : IAsyncLifetime
{
    private EmulatedCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await EmulatedCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_token_has_the_life_the_server_says()
    {
        CachedToken token = await FetchAsync();

        Assert.StartsWith("ya29.", token.Value, StringComparison.Ordinal);
        Assert.InRange(token.Left.TotalSeconds, 3500, 3600);
        Assert.EndsWith("/service-accounts/default/token", _cloud.Requests.All[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_are_escaped_one_by_one()
    {
        await FetchAsync(scopes: ["https://www.googleapis.com/auth/a&b", "openid"]);

        Assert.Equal("scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fa%26b,openid", _cloud.Requests.All[^1].Query);
    }

    [Fact]
    public async Task Another_attached_account_is_asked_for_by_name()
    {
        _cloud.State.Machine.AttachAlso("other@demo.example", ["scope"]);

        await FetchAsync(account: "other@demo.example");

        Assert.Contains("other%40demo.example/token", _cloud.Requests.All[^1].Path.Replace("@", "%40", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_account_the_failure_says_how_to_attach_one()
    {
        _cloud.State.Machine.Detach();

        GcpException failure = await Fails.WithAsync("NoServiceAccount", () => FetchAsync());

        Assert.Contains("set-service-account", failure.Advice, StringComparison.Ordinal);
        Assert.Equal(404, failure.StatusCode);
        Assert.Equal(GcpErrorKind.Authentication, failure.Kind);
    }

    [Fact]
    public async Task An_account_that_is_not_attached_is_named() =>
        Assert.Contains(
            "'nobody@demo.example'",
            (await Fails.WithAsync("ServiceAccountNotAttached", () => FetchAsync(account: "nobody@demo.example"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"access_token\":\"ya29.x\"}")]
    [InlineData("{\"access_token\":\"\",\"expires_in\":3599}")]
    [InlineData("{\"access_token\":null,\"expires_in\":3599}")]
    [InlineData("{\"access_token\":[\"ya29.x\"],\"expires_in\":3599}")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":-1}")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":\"soon\"}")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":9223372036854775807}")]
    [InlineData("{\"access_token\":\"ya29.x\\r\\nX-Header: y\",\"expires_in\":3599}")]
    [InlineData("{\"access_token\":\"two words\",\"expires_in\":3599}")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":3599")]
    public async Task What_is_no_token_is_never_used(string body)
    {
        _cloud.Faults.Add(new Fault { PathPattern = "*/token", Body = body, ContentType = "application/json" });

        GcpException failure = await Fails.WithAsync("TokenResponseInvalid", () => FetchAsync());

        Assert.DoesNotContain("ya29", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":\"3599\",\"token_type\":\"Bearer\",\"new\":{\"a\":[1]}}")]
    [InlineData("{\"expires_in\":3599,\"access_token\":\"ya29.x\"}")]
    public async Task An_odd_token_is_still_one(string body)
    {
        _cloud.Faults.Add(new Fault { PathPattern = "*/token", Body = body, ContentType = "application/json" });

        CachedToken token = await FetchAsync();

        Assert.Equal(("ya29.x", "Bearer"), (token.Value, token.Type));
        Assert.InRange(token.Left.TotalSeconds, 3500, 3600);
    }

    [Theory]
    [InlineData("apis-berlin.example", "apis-berlin.example")]
    [InlineData("", "googleapis.com")]
    [InlineData(null, "googleapis.com")]
    public async Task The_universe_is_what_the_server_says_and_trusted(string? says, string expected)
    {
        _cloud.State.Machine.UniverseDomain = says;

        Universe universe = await Credential().GetUniverseAsync(Events.Quiet());

        Assert.Equal(expected, universe.Domain);
        Assert.True(universe.IsTrusted);
    }

    [Fact]
    public async Task What_never_changes_is_asked_for_once()
    {
        MetadataFacts facts = new(Reader);

        Assert.Equal("demo-project", await facts.GetProjectAsync(Events.Quiet()));
        Assert.Equal("europe-west1-b", await facts.GetZoneAsync(Events.Quiet()));
        int requests = _cloud.Requests.Count();
        Assert.Equal("demo-project", await new MetadataFacts(Reader).GetProjectAsync(Events.Quiet()));
        Assert.Equal(requests, _cloud.Requests.Count());
    }

    [Fact]
    public async Task A_fact_that_could_not_be_had_is_asked_for_again()
    {
        Fault fault = _cloud.Faults.Add(new Fault { Status = 403 });
        await Fails.WithAsync("MetadataServerRefused", () => new MetadataFacts(Reader).GetInstanceNameAsync(Events.Quiet()));
        _cloud.Faults.Remove(fault);

        Assert.Equal("demo-vm", await new MetadataFacts(Reader).GetInstanceNameAsync(Events.Quiet()));
    }

    [Fact]
    public async Task Who_found_the_credential_explains_its_failures()
    {
        _cloud.Faults.Add(new Fault { Status = 403 });
        MetadataCredential credential = new(new MetadataFacts(Reader), null, failure => Errors.NoCredentials(failure.ErrorId));

        GcpException failure = await Fails.WithAsync("NoCredentials", () => credential.FetchAsync(null, [], Events.Quiet()));
        Assert.Contains("MetadataServerRefused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_recipe_tells_the_server_and_the_account()
    {
        string host = _cloud.MetadataAddress.Authority;

        Assert.Equal("metadata|" + host + "|default", Credential().Recipe);
        Assert.Equal("metadata|" + host + "|me@demo.example", new MetadataCredential(new MetadataFacts(Reader), "me@demo.example", f => f).Recipe);
        Assert.True(Credential().IsLoopback);
    }

    private MetadataReader Reader => new(new MetadataClient(
        MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", _cloud.MetadataAddress.Authority))), TimeSpan.FromSeconds(10)));

    private MetadataCredential Credential() => new(new MetadataFacts(Reader), null, static failure => failure);

    private Task<CachedToken> FetchAsync(string? account = null, params string[] scopes) => Credential().FetchAsync(account, scopes, Events.Quiet());
}
