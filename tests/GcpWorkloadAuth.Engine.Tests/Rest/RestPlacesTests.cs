using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Rest;

/// <summary>Whose an address is.</summary>
public sealed class RestPlacesTests
{
    private const string Google = "googleapis.com";

    [Theory]
    [InlineData("https://storage.googleapis.com/x", true)]
    [InlineData("https://STORAGE.GoogleAPIs.com/x", true)]
    [InlineData("https://us-central1-aiplatform.googleapis.com/x", true)]
    [InlineData("https://storage.p.googleapis.com:443/x", true)]
    [InlineData("https://googleapis.com/x", false)]
    [InlineData("https://xgoogleapis.com/x", false)]
    [InlineData("https://storage.googleapis.com.x.example/x", false)]
    [InlineData("https://storage.googleapis.com./x", false)]
    [InlineData("https://storage.googleapis.com:444/x", false)]
    [InlineData("http://storage.googleapis.com/x", false)]
    [InlineData("https://st\u043Erage.googleapis.com/x", false)]
    [InlineData("https://storage_x.googleapis.com/x", false)]
    [InlineData("https://example.com/storage.googleapis.com", false)]
    [InlineData("https://example.com?.googleapis.com", false)]
    public void A_host_of_the_universe(string uri, bool isGoogle) => Assert.Equal(isGoogle, Endpoints.IsGoogle(new Uri(uri), Google));

    [Theory]
    [InlineData("https://storage.googleapis.com/storage/v1/b?x=1", "http://127.0.0.1:1/gcs/storage/v1/b?x=1")]
    [InlineData("https://storage.googleapis.com/upload/storage/v1/b", "http://127.0.0.1:1/gcs/upload/storage/v1/b")]
    [InlineData("https://www.googleapis.com/storage/v1/b", "http://127.0.0.1:1/gcs/storage/v1/b")]
    [InlineData("https://www.googleapis.com/upload/storage/v1/b", "http://127.0.0.1:1/gcs/upload/storage/v1/b")]
    [InlineData("https://www.googleapis.com/oauth2/v1/certs", "https://www.googleapis.com/oauth2/v1/certs")]
    [InlineData("https://compute.googleapis.com/compute/v1/projects/a%2Fb", "http://127.0.0.1:2/own/projects/a%2Fb")]
    [InlineData("https://compute.googleapis.com/compute/beta/projects", "https://compute.googleapis.com/compute/beta/projects")]
    [InlineData("https://compute.googleapis.com:444/compute/v1/projects", "https://compute.googleapis.com:444/compute/v1/projects")]
    [InlineData("https://pubsub.googleapis.com/v1/x", "https://pubsub.googleapis.com/v1/x")]
    public void What_the_session_has_for_a_service_stands_in_for_its_host(string uri, string expected)
    {
        Endpoints endpoints = new(
            new SessionRecord { Endpoints = new Dictionary<string, string> { ["storage"] = "http://127.0.0.1:1/gcs/storage/v1/" } },
            Snapshots.Of(("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "http://127.0.0.1:2/own/")));

        Assert.Equal(expected, endpoints.Resolve(new Uri(uri), Google).AbsoluteUri);
    }

    [Fact]
    public void A_service_that_a_variable_sends_to_a_foreign_host_goes_nowhere()
    {
        Endpoints endpoints = new(new SessionRecord(), Snapshots.Of(("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "https://evil.example/")));

        Fails.With("EndpointRefused", () => endpoints.Resolve(new Uri("https://compute.googleapis.com/compute/v1/x"), Google));
        Assert.Null(endpoints.At(new Uri("https://evil.example/"), Google));
        Uri other = new("https://pubsub.googleapis.com/v1/x");
        Assert.Equal(other, endpoints.Resolve(other, Google));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/storage/v1/b", "Anonymous")]
    [InlineData("http://127.0.0.1:1/compute/v1/projects", "Emulator")]
    [InlineData("http://127.0.0.1:1/elsewhere", "Anonymous")]
    [InlineData("https://127.0.0.1:1/storage/v1/b", null)]
    [InlineData("http://127.0.0.2:1/storage/v1/b", null)]
    [InlineData("http://localhost:1/storage/v1/b", null)]
    [InlineData("http://127.0.0.1:2/storage/v1/b", null)]
    public void The_endpoint_above_an_address_decides(string uri, string? trust)
    {
        Endpoints endpoints = new(
            new SessionRecord(),
            Snapshots.Of(("STORAGE_EMULATOR_HOST", "127.0.0.1:1"), ("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "http://127.0.0.1:1/")));

        Assert.Equal(trust, endpoints.At(new Uri(uri), Google)?.Trust.ToString());
    }
}
