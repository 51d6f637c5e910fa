using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

/// <summary>CLOUDSDK_API_ENDPOINT_OVERRIDES_* and STORAGE_EMULATOR_HOST: a variable can point at Google or at loopback.</summary>
public sealed class EndpointVariableTests
{
    private const string StorageVariable = "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE";
    private const string EmulatorVariable = "STORAGE_EMULATOR_HOST";

    [Theory]
    [InlineData("https://storage.europe-west3.rep.googleapis.com/", "https://storage.europe-west3.rep.googleapis.com/storage/v1/")]
    [InlineData("https://www.googleapis.com/storage/v1/", "https://www.googleapis.com/storage/v1/")]
    [InlineData("https://STORAGE.GoogleApis.com", "https://storage.googleapis.com/storage/v1/")]
    [InlineData("https://storage.googleapis.com:443/storage/v1", "https://storage.googleapis.com/storage/v1/")]
    public void A_google_host_gets_the_token(string value, string address)
    {
        Endpoint endpoint = Storage(StorageVariable, value);

        Assert.Equal(address, endpoint.Address.AbsoluteUri);
        Assert.Equal(EndpointTrust.Google, endpoint.Trust);
        Assert.Equal(StorageVariable, endpoint.NamedBy);
        Endpoints.Demand(endpoint, new StubCredential());
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/storage/v1/")]
    [InlineData("http://127.8.9.1:9000/")]
    [InlineData("http://localhost:9000")]
    [InlineData("https://localhost:9000")]
    [InlineData("http://[::1]:9000/")]
    [InlineData("http://2130706433:9000/")]
    public void A_loopback_host_gets_only_an_emulators_token(string value)
    {
        Endpoint endpoint = Storage(StorageVariable, value);

        Assert.Equal(EndpointTrust.Emulator, endpoint.Trust);
        Endpoints.Demand(endpoint, new StubCredential { FromLoopback = true });
        GcpException failure = Fails.Check(
            "TokenForEmulatorRefused",
            Assert.Throws<GcpException>(() => Endpoints.Demand(endpoint, new StubCredential { FromLoopback = false })));
        Assert.Contains(StorageVariable, failure.Message, StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.Security, failure.Kind);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://evil-googleapis.com/")]
    [InlineData("https://evilgoogleapis.com/")]
    [InlineData("https://googleapis.com/")]
    [InlineData("https://storage.googleapis.com.evil.example/")]
    [InlineData("https://storage.googleapis.com./")]
    [InlineData("https://googleapis.com.evil.example/storage/v1/")]
    [InlineData("https://evil.example/storage.googleapis.com/")]
    [InlineData("https://evil.example\\.googleapis.com/")]
    [InlineData("https://evil.example%2f.googleapis.com/")]
    [InlineData("https://evil.example%00.googleapis.com/")]
    [InlineData("https://storage.googleapis.com:8443/")]
    [InlineData("https://storage.googleapis.com:80/")]
    [InlineData("http://storage.googleapis.com/")]
    [InlineData("https://storage.googleapis\u3002com/")]
    [InlineData("https://evil\u3002googleapis.com/")]
    [InlineData("https://xn--googleapis-x.com/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://127.0.0.1.evil.example/")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("https://googleapis.com@evil.example/")]
    [InlineData("https://storage.googleapis.com:443@evil.example/")]
    [InlineData("https://evil.example/?.googleapis.com")]
    [InlineData("https://evil.example#.googleapis.com")]
    [InlineData("https://evil.example?https://storage.googleapis.com/")]
    [InlineData("//storage.googleapis.com/")]
    [InlineData("storage.googleapis.com")]
    [InlineData("ftp://storage.googleapis.com/")]
    [InlineData("nonsense")]
    public void Any_other_value_is_an_error_that_names_the_variable(string value)
    {
        GcpException failure = Assert.Throws<GcpException>(() => Storage(StorageVariable, value));

        Assert.Contains(failure.ErrorId, new[] { "EndpointRefused", "EndpointInvalid" });
        Assert.Contains(StorageVariable, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_host_is_named_without_the_password_before_it()
    {
        GcpException failure = Fails.With("EndpointInvalid", () => Storage(StorageVariable, "https://me:SECRET@evil.example/"));

        Assert.Contains("evil.example", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_of_the_sessions_universe_gets_the_token()
    {
        Endpoints endpoints = Make((StorageVariable, "https://storage-psc.apis-berlin.example/"));

        Assert.Equal(EndpointTrust.Google, endpoints.Of(ApiService.Storage, "apis-berlin.example").Trust);
        Fails.With("EndpointRefused", () => endpoints.Of(ApiService.Storage, Universe.Default));
    }

    [Fact]
    public void A_googleapis_host_is_foreign_to_another_universe() =>
        Fails.With("EndpointRefused", () => Make((StorageVariable, "https://storage.googleapis.com/")).Of(ApiService.Storage, "apis-berlin.example"));

    [Fact]
    public void Each_service_has_its_own_variable()
    {
        Endpoints endpoints = Make((StorageVariable, "http://127.0.0.1:9000/"));

        Assert.True(endpoints.Of(ApiService.Compute, Universe.Default).IsDefault);
    }

    [Theory]
    [InlineData("127.0.0.1:9000", "http://127.0.0.1:9000/storage/v1/")]
    [InlineData("localhost:9000", "http://localhost:9000/storage/v1/")]
    [InlineData("http://localhost:9000", "http://localhost:9000/storage/v1/")]
    [InlineData("https://127.0.0.1:9000/storage/v1", "https://127.0.0.1:9000/storage/v1/")]
    [InlineData("[::1]:9000", "http://[::1]:9000/storage/v1/")]
    public void The_storage_emulator_is_anonymous_and_gets_no_token(string value, string address)
    {
        Endpoint endpoint = Storage(EmulatorVariable, value);

        Assert.Equal(address, endpoint.Address.AbsoluteUri);
        Assert.Equal(EndpointTrust.Anonymous, endpoint.Trust);
    }

    [Theory]
    [InlineData("storage.googleapis.com")]
    [InlineData("https://storage.googleapis.com")]
    [InlineData("evil.example:9000")]
    [InlineData("http://10.0.0.5:9000")]
    [InlineData("0.0.0.0:9000")]
    [InlineData("localhost.evil.example")]
    public void The_storage_emulator_must_be_on_loopback(string value)
    {
        GcpException failure = Fails.With("EndpointRefused", () => Storage(EmulatorVariable, value));

        Assert.Contains(EmulatorVariable, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_override_wins_over_the_storage_emulator()
    {
        Endpoints endpoints = Make((StorageVariable, "https://www.googleapis.com/storage/v1/"), (EmulatorVariable, "localhost:9000"));

        Assert.Equal(StorageVariable, endpoints.Of(ApiService.Storage, Universe.Default).NamedBy);
    }

    [Fact]
    public void The_storage_emulator_is_storages_alone() =>
        Assert.True(Make((EmulatorVariable, "localhost:9000")).Of(ApiService.Compute, Universe.Default).IsDefault);

    private static Endpoint Storage(string variable, string value) => Make((variable, value)).Of(ApiService.Storage, Universe.Default);

    private static Endpoints Make(params (string Name, string Value)[] variables) => new(new SessionRecord(), Snapshots.Of(variables));
}
