using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Credentials.External;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.External;

/// <summary>
/// Where a credential file may lead. The addresses are the vectors of google-auth-library-python (tests/test_aws.py,
/// VALID_TOKEN_URLS and the lists beside it), and the shapes that a lenient parser would let through.
/// </summary>
public sealed class CheckedUrlTests
{
    public static TheoryData<string> Valid =>
    [
        "https://sts.googleapis.com", "https://us-east-1.sts.googleapis.com", "https://US-EAST-1.sts.googleapis.com",
        "https://sts.us-east-1.googleapis.com", "https://sts.US-WEST-1.googleapis.com", "https://us-east-1-sts.googleapis.com",
        "https://US-WEST-1-sts.googleapis.com", "https://us-west-1-sts.googleapis.com/path?query", "https://sts-us-east-1.p.googleapis.com",
        "https://sts.googleapis.com:443/v1/token", "https://sts.mtls.googleapis.com/v1/token",
    ];

    public static TheoryData<string> Invalid =>
    [
        "sts.googleapis.com", "https://", "http://sts.googleapis.com", "https://st.s.googleapis.com", "https://us-eas\t-1.sts.googleapis.com",
        "https:/us-east-1.sts.googleapis.com", "https://US-WE/ST-1-sts.googleapis.com", "https://sts-us-east-1.googleapis.com",
        "https://sts-US-WEST-1.googleapis.com", "testhttps://us-east-1.sts.googleapis.com", "https://us-east-1.sts.googleapis.comevil.com",
        "https://us-east-1.us-east-1.sts.googleapis.com", "https://us-ea.s.t.sts.googleapis.com", "https://sts.googleapis.comevil.com",
        "hhttps://us-east-1.sts.googleapis.com", "https://us- -1.sts.googleapis.com", "https://-sts.googleapis.com",
        "https://us-east-1.sts.googleapis.com.evil.com", "https://sts.pgoogleapis.com", "https://p.googleapis.com", "https://sts.p.com",
        "http://sts.p.googleapis.com", "https://xyz-sts.p.googleapis.com", "https://sts-xyz.123.p.googleapis.com",
        "https://sts-xyz.p1.googleapis.com", "https://sts-xyz.p.foo.com", "https://sts-xyz.p.foo.googleapis.com",
        "https://sts.googleapis.com:8443/v1/token", "https://sts.googleapis.com@evil.example/v1/token",
        "https://me:word@sts.googleapis.com/v1/token", "https://evil.example/sts.googleapis.com", "https://evil.example#sts.googleapis.com",
        "https://evil.example?sts.googleapis.com", "https://evil.example\\.sts.googleapis.com/", "https://sts.googleapis.com./v1/token",
        "https://sts。googleapis.com/", "https://ѕts.googleapis.com/", "https://127.0.0.1/v1/token", "http://127.0.0.1/v1/token",
        "https://[::1]/v1/token", "file:///etc/passwd", "ftp://sts.googleapis.com/", "javascript:alert(1)", " https://sts.googleapis.com",
        "https://sts.googleapis.com\n.evil.example/", "//sts.googleapis.com/v1/token", "https://sts.googleapis.com#x",
        "https://storage.googleapis.com/v1/token", "https://sts.apis-berlin.example/v1/token", "https://.sts.googleapis.com/",
    ];

    [Theory]
    [MemberData(nameof(Valid))]
    public void Googles_own_hosts_are_accepted(string url)
    {
        Assert.NotNull(Check(url, CheckedUrl.Sts));
        Assert.NotNull(Check(url.Replace("sts", "iamcredentials", StringComparison.Ordinal), CheckedUrl.IamCredentials));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Others_are_refused(string url)
    {
        GcpException failure = Assert.Throws<GcpException>(() => Check(url, CheckedUrl.Sts));

        Assert.Contains(failure.ErrorId, new[] { "CredentialUrlRefused", "CredentialFieldInvalid" });
        Assert.DoesNotContain("word", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_service_does_not_pass_for_the_other()
    {
        Fails.With("CredentialUrlRefused", () => Check("https://iamcredentials.googleapis.com/v1/token", CheckedUrl.Sts));
        Fails.With("CredentialUrlRefused", () => Check("https://sts.googleapis.com/v1/x", CheckedUrl.IamCredentials));
    }

    [Fact]
    public void A_trusted_universe_has_its_own_host_and_no_others()
    {
        Assert.NotNull(Check("https://sts.apis-berlin.example/v1/token", CheckedUrl.Sts, "apis-berlin.example"));
        Fails.With("CredentialUrlRefused", () => Check("https://sts.googleapis.com/v1/token", CheckedUrl.Sts, "apis-berlin.example"));
        Fails.With("CredentialUrlRefused", () => Check("https://eu.sts.apis-berlin.example/v1/token", CheckedUrl.Sts, "apis-berlin.example"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:99", "http://127.0.0.1:99/v1/token")]
    [InlineData("https://gateway.example/sts/", "https://gateway.example/sts/v1/token")]
    public void A_named_endpoint_takes_the_path_along_and_nothing_else(string named, string address)
    {
        Assert.Equal(address, Check("https://sts.googleapis.com/v1/token", CheckedUrl.Sts, named: new Uri(named)).AbsoluteUri);
        Assert.Equal(address, Check("https://evil.example/v1/token", CheckedUrl.Sts, named: new Uri(named)).AbsoluteUri);
    }

    [Theory]
    [InlineData("a@p.iam.gserviceaccount.com")]
    [InlineData("name-1@my-project.example.com.iam.gserviceaccount.com")]
    [InlineData("123456789012-compute@developer.gserviceaccount.com")]
    public void The_account_is_read_from_the_path(string account)
    {
        FileFields fields = Fields("https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + account + ":generateAccessToken");

        Assert.Equal(account, CheckedUrl.OfServiceAccount(fields, "url", Universe.Default, null).Account);
    }

    [Theory]
    [InlineData("/v1/projects/-/serviceAccounts/a@b.c:signBlob")]
    [InlineData("/v1/projects/-/serviceAccounts/a@b.c:generateIdToken")]
    [InlineData("/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken?x=:generateAccessToken")]
    [InlineData("/v1/projects/-/serviceAccounts/a@b.c/keys/x:generateAccessToken")]
    [InlineData("/v1/projects/-/serviceAccounts/../x@y.z:generateAccessToken")]
    [InlineData("/v1/projects/-/serviceAccounts/%2e%2e%2fx@y.z:generateAccessToken")]
    [InlineData("/v1/projects/-/serviceAccounts/:generateAccessToken")]
    [InlineData("/v1/projects/-/serviceAccounts/ab:generateAccessToken")]
    [InlineData("/v1/projects/p/serviceAccounts/a@b.c:generateAccessToken")]
    [InlineData("/v2/projects/-/serviceAccounts/a@b.c:generateAccessToken")]
    [InlineData("")]
    public void Another_path_is_refused(string path) =>
        Fails.With(
            "CredentialFieldInvalid",
            () => CheckedUrl.OfServiceAccount(Fields("https://iamcredentials.googleapis.com" + path), "url", Universe.Default, null));

    private static Uri Check(string url, string service, string universe = Universe.Default, Uri? named = null) =>
        CheckedUrl.Of(Fields(url), "url", service, universe, named);

    private static FileFields Fields(string url) => new(ExternalFiles.Parse(new { url }));
}
