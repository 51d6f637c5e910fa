using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.External;

/// <summary>Where a subject token may be fetched, and with what headers.</summary>
public sealed class TokenSourceUrlTests
{
    [Theory]
    [InlineData("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://x")]
    [InlineData("https://pipelines.actions.githubusercontent.com/abc/token?audience=x")]
    [InlineData("http://localhost:5000/token")]
    [InlineData("http://127.0.0.1:5000/token")]
    [InlineData("http://[::1]:5000/token")]
    public void Other_clouds_local_agents_and_https_are_accepted(string url) => Assert.Equal(url, Check(url).OriginalString);

    [Theory]
    [InlineData("http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token")]
    [InlineData("http://169.254.169.254/COMPUTEMETADATA/v1/")]
    [InlineData("http://169.254.169.254//computeMetadata/v1/")]
    [InlineData("http://169.254.169.254/metadata/../computeMetadata/v1/")]
    [InlineData("http://169.254.169.254/%63omputeMetadata/v1/")]
    [InlineData("http://169.254.169.254/%2563omputeMetadata/v1/")]
    [InlineData("http://169.254.169.254/x?y=/computeMetadata/v1/")]
    [InlineData("http://2852039166/computeMetadata/v1/")]
    [InlineData("http://0xA9FEA9FE/computeMetadata/v1/")]
    [InlineData("http://0251.0376.0251.0376/computeMetadata/v1/")]
    [InlineData("http://169.254.169.254:80/computeMetadata/v1/")]
    [InlineData("http://[::ffff:169.254.169.254]/computeMetadata/v1/")]
    [InlineData("http://[fd20:ce::254]/x")]
    [InlineData("https://[fd20:ce::254]/x")]
    [InlineData("http://metadata.google.internal/x")]
    [InlineData("https://metadata.google.internal/x")]
    [InlineData("https://METADATA.google.internal./x")]
    [InlineData("http://metadata/x")]
    [InlineData("https://metadata.goog/x")]
    [InlineData("http://agent.example/token")]
    [InlineData("http://10.0.0.1/token")]
    [InlineData("http://localhost.evil.example/token")]
    [InlineData("http://169.254.169.254.evil.example/token")]
    public void The_metadata_server_and_plain_http_to_others_are_refused(string url) => Fails.With("CredentialUrlRefused", () => Check(url));

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.com/x")]
    [InlineData("/token")]
    [InlineData("https://me:word@example.com/")]
    [InlineData("https://example.com\\@evil.example/")]
    [InlineData("https://exa mple.com/")]
    public void What_is_no_address_is_refused(string url) => Fails.With("CredentialFieldInvalid", () => Check(url));

    [Fact]
    public void The_metadata_server_that_a_variable_names_is_refused_too()
    {
        MetadataAddress metadata = MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", "127.0.0.1:8080")));

        Fails.With("CredentialUrlRefused", () => TokenSourceUrl.Of(Source(new { url = "http://127.0.0.1:8080/x" }), metadata));
        Assert.NotNull(TokenSourceUrl.Of(Source(new { url = "http://127.0.0.1:8081/x" }), metadata));
    }

    [Fact]
    public void Headers_are_passed_on() =>
        Assert.Equal(
            [new("Metadata", "True"), new("Authorization", "bearer x")],
            TokenSourceUrl.Headers(Source(new { headers = new { Metadata = "True", Authorization = "bearer x" } })));

    [Theory]
    [InlineData("Metadata-Flavor", "CredentialUrlRefused")]
    [InlineData("metadata-flavor", "CredentialUrlRefused")]
    [InlineData("X-Google-Metadata-Request", "CredentialUrlRefused")]
    [InlineData("Host", "CredentialFieldInvalid")]
    [InlineData("content-length", "CredentialFieldInvalid")]
    [InlineData("a b", "CredentialFieldInvalid")]
    [InlineData("a:b", "CredentialFieldInvalid")]
    [InlineData("", "CredentialFieldInvalid")]
    public void Headers_that_would_open_the_metadata_server_are_refused(string name, string errorId) =>
        Fails.With(errorId, () => TokenSourceUrl.Headers(Source(new { headers = new Dictionary<string, string> { [name] = "Google" } })));

    [Theory]
    [InlineData("a\r\nMetadata-Flavor: Google")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void A_header_is_one_line(string value) =>
        Fails.With("CredentialFieldInvalid", () => TokenSourceUrl.Headers(Source(new { headers = new { Authorization = value } })));

    private static Uri Check(string url) => TokenSourceUrl.Of(Source(new { url }), MetadataAddress.From(Snapshots.Empty));

    private static FileFields Source(object source) => new FileFields(ExternalFiles.Parse(new { credential_source = source })).Object("credential_source")!;
}
