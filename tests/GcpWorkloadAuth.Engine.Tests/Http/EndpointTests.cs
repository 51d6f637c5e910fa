using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>Google's own endpoints, and those that the user names with -Endpoint.</summary>
public sealed class EndpointTests
{
    [Fact]
    public void Without_settings_a_service_is_at_its_google_host()
    {
        Endpoint storage = Make().Of(ApiService.Storage, Universe.Default);

        Assert.Equal("https://storage.googleapis.com/storage/v1/", storage.Address.AbsoluteUri);
        Assert.Equal(EndpointTrust.Google, storage.Trust);
        Assert.True(storage.IsDefault);
        Assert.Equal("https://compute.googleapis.com/compute/v1/", Make().Of(ApiService.Compute, Universe.Default).Address.AbsoluteUri);
        Assert.Empty(Make().Overridden());
        Assert.Null(Make().TokenEndpoint);
    }

    [Fact]
    public void Another_universe_has_its_own_hosts() =>
        Assert.Equal(
            "https://compute.apis-berlin.example/compute/v1/",
            Make().Of(ApiService.Compute, "apis-berlin.example").Address.AbsoluteUri);

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("evil.example#")]
    [InlineData("evil.example?x=")]
    [InlineData("a@evil.example")]
    [InlineData("evil.example:444")]
    [InlineData("not a domain")]
    [InlineData("evil.example\\x")]
    [InlineData("com")]
    [InlineData(".com")]
    [InlineData("a..b")]
    [InlineData("googleapis.com.")]
    public void A_universe_that_is_no_domain_is_refused(string universe) =>
        Fails.With("UniverseInvalid", () => Make().Of(ApiService.Storage, universe));

    [Theory]
    [InlineData("https://storage-psc.p.googleapis.com", "https://storage-psc.p.googleapis.com/storage/v1/")]
    [InlineData("https://gateway.example/", "https://gateway.example/storage/v1/")]
    [InlineData("https://gateway.example:8443/gcs", "https://gateway.example:8443/gcs/")]
    [InlineData("https://gateway.example/gcs/", "https://gateway.example/gcs/")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/storage/v1/")]
    [InlineData("http://localhost:9000/storage/v1/", "http://localhost:9000/storage/v1/")]
    [InlineData("http://[::1]:9000", "http://[::1]:9000/storage/v1/")]
    public void A_named_endpoint_is_used_and_gets_the_token(string named, string address)
    {
        Endpoint endpoint = Make(endpoints: ("storage", named)).Of(ApiService.Storage, Universe.Default);

        Assert.Equal(address, endpoint.Address.AbsoluteUri);
        Assert.Equal(EndpointTrust.Named, endpoint.Trust);
        Assert.Equal("-Endpoint storage", endpoint.NamedBy);
        Assert.False(endpoint.IsDefault);
        Endpoints.Demand(endpoint, new StubCredential());
    }

    [Theory]
    [InlineData("http://gateway.example/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://storage.googleapis.com/")]
    [InlineData("http://127.0.0.1.evil.example/")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("ftp://localhost/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gateway.example")]
    [InlineData("/storage")]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("https://gateway.example/?key=v")]
    [InlineData("https://gateway.example/#f")]
    [InlineData("https://me@gateway.example/")]
    public void A_named_endpoint_that_is_not_safe_or_not_usable_is_refused_at_once(string named)
    {
        GcpException failure = Fails.With("EndpointInvalid", () => Make(endpoints: ("storage", named)));

        Assert.Contains("-Endpoint storage", failure.Message, StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.InvalidArgument, failure.Kind);
    }

    [Theory]
    [InlineData("https://me:SECRET@gateway.example/")]
    [InlineData("https://me:SECRET@x@gateway.example/")]
    [InlineData("https://gateway.example/?access_token=SECRET")]
    [InlineData("https://gateway.example/#SECRET")]
    [InlineData("http://gateway.example/?key=SECRET")]
    [InlineData("gateway.example?SECRET")]
    [InlineData("https://me:SECRET@")]
    public void A_refused_endpoint_is_shown_without_what_may_be_secret(string named)
    {
        GcpException failure = Fails.With("EndpointInvalid", () => Make(endpoints: ("storage", named)));

        Assert.DoesNotContain("SECRET", failure.ToString() + failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pubsub")]
    [InlineData("")]
    [InlineData("storage ")]
    public void An_unknown_service_is_refused_with_the_known_ones(string service)
    {
        GcpException failure = Fails.With("EndpointServiceUnknown", () => Make(endpoints: (service, "https://gateway.example/")));

        Assert.Matches("storage, compute, .*token", failure.Advice);
    }

    [Fact]
    public void A_service_is_named_in_any_case() =>
        Assert.Equal(
            EndpointTrust.Named, Make(endpoints: ("Storage", "https://gateway.example/")).Of(ApiService.Storage, Universe.Default).Trust);

    [Fact]
    public void A_named_endpoint_wins_over_the_variables()
    {
        EnvironmentVariables variables =
        [
            ("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "https://evil.example/"), ("STORAGE_EMULATOR_HOST", "evil.example"),
        ];
        Endpoint endpoint = Make(variables, ("storage", "https://gateway.example/")).Of(ApiService.Storage, Universe.Default);

        Assert.Equal("gateway.example", endpoint.Address.Host);
    }

    [Fact]
    public void The_named_token_endpoint_is_taken_as_it_is() =>
        Assert.Equal("http://127.0.0.1:9000/token", Make(endpoints: ("token", "http://127.0.0.1:9000/token")).TokenEndpoint!.AbsoluteUri);

    [Fact]
    public void A_token_endpoint_without_tls_is_refused() =>
        Fails.With("EndpointInvalid", () => Make(endpoints: ("token", "http://sts.example/token")));

    [Fact]
    public void What_is_not_googles_own_is_listed()
    {
        EnvironmentVariables variables = [("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "http://127.0.0.1:9000/compute/v1/")];

        IReadOnlyDictionary<string, string> listed = Make(variables, ("token", "https://sts.example/token")).Overridden();

        Assert.Equal(
            [("compute", "http://127.0.0.1:9000/compute/v1/"), ("token", "https://sts.example/token")],
            listed.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)));
    }

    [Theory]
    [InlineData(nameof(EndpointTrust.Google), false)]
    [InlineData(nameof(EndpointTrust.Named), false)]
    [InlineData(nameof(EndpointTrust.Anonymous), false)]
    [InlineData(nameof(EndpointTrust.Emulator), true)]
    public void Only_an_emulator_named_by_a_variable_asks_where_the_token_is_from(string trust, bool needsLoopback)
    {
        Endpoint endpoint = new(new Uri("https://h.example/"), Enum.Parse<EndpointTrust>(trust), "test");

        Endpoints.Demand(endpoint, new StubCredential { FromLoopback = true });
        GcpException? failure = Record.Exception(() => Endpoints.Demand(endpoint, new StubCredential())) as GcpException;

        Assert.Equal(needsLoopback ? "TokenForEmulatorRefused" : null, failure?.ErrorId);
    }

    [Fact]
    public void An_override_by_a_host_of_the_named_universe_is_listed()
    {
        Endpoints endpoints = new(
            new SessionRecord { UniverseDomain = "apis-berlin.example" },
            Snapshots.Of(("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "https://storage-psc.apis-berlin.example/")));

        Assert.Equal("https://storage-psc.apis-berlin.example/storage/v1/", Assert.Single(endpoints.Overridden()).Value);
    }

    private static Endpoints Make(params (string Service, string Address)[] endpoints) => Make([], endpoints);

    private static Endpoints Make(EnvironmentVariables variables, params (string Service, string Address)[] endpoints) => new(
        new SessionRecord { Endpoints = endpoints.ToDictionary(e => e.Service, e => e.Address, StringComparer.OrdinalIgnoreCase) },
        Snapshots.Of([.. variables]));
}
