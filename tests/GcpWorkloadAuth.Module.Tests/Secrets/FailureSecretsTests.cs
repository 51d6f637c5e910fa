using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Secrets;

/// <summary>Things go wrong, and nothing secret is in the errors, their exceptions, $Error, or what is made of them.</summary>
public sealed class FailureSecretsTests : SecretsTest
{
    private const string Connect = "Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Verbose -Debug";

    [Fact]
    public void The_token_endpoint_refuses()
    {
        string key = SecretKeyFile();
        string user = UserFile();
        foreach (string body in new[] { "<html>no</html>", GoogleErrors.InvalidRapt(), GoogleErrors.OAuth("invalid_grant", "Bad Request"), "", "{" })
        {
            Cloud.Faults.Clear();
            Cloud.Faults.Add(new Fault { PathPattern = "/token", Status = 400, Body = body });

            Assert.Single(RunLoud(Connect, key, TokenEndpoint).Errors);
            Assert.Single(RunLoud(Connect, user, TokenEndpoint).Errors);
        }
    }

    [Fact]
    public void A_server_repeats_what_it_was_sent()
    {
        string user = UserFile();
        EmulatedUser person = Cloud.State.Users.All.Single();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/token",
            Status = 400,
            Body = GoogleErrors.OAuth("invalid_grant", $"refresh_token={person.RefreshToken} client_secret={person.ClientSecret} is not good"),
        });

        Assert.Single(RunLoud(Connect, user, TokenEndpoint).Errors);
    }

    [Theory]
    [InlineData("/storage/*", "Get-GcsBucket -Project demo-project")]
    [InlineData("/compute/*", "Get-GceInstance -Project demo-project")]
    public void An_api_repeats_the_token(string path, string command)
    {
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        foreach (int status in new[] { 400, 403, 404, 412 })
        {
            Cloud.Faults.Clear();
            Cloud.Faults.Add(new Fault { PathPattern = path, Status = status, Body = GoogleErrors.Create(status, $"Token '{token}' is not good; 'Bearer {token}'.", "bad") });

            Assert.Single(RunLoud(command).Errors);
        }
    }

    [Fact]
    public void The_metadata_server_repeats_the_token()
    {
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/v1/instance/*", Status = 403, Body = $"<p>Not with {token}</p>" });

        Assert.Single(RunLoud("Get-GceMetadata instance/name").Errors);
    }

    [Fact]
    public void A_token_answer_that_breaks_off()
    {
        Hide("ya29.broken-off");
        Environment.Set("GCE_METADATA_TIMEOUT", "0.3");
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", Body = """{"access_token":"ya29.broken-off","expires_in":35""" });
        Assert.Single(RunLoud("Get-GceAccessToken -Verbose").Errors);

        Cloud.Faults.Clear();
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", TruncateAfter = 60 });
        Assert.Single(RunLoud("Get-GceAccessToken -Verbose").Errors);
    }

    [Fact]
    public void A_credential_that_cannot_be_used()
    {
        string key = File.ReadAllText(SecretKeyFile());
        Hide("GOCSPX-not-for-eyes");
        Hide("1//not-for-eyes");
        string[] contents =
        [
            key[..^20],
            key.Replace("\"service_account\"", "\"something\"", StringComparison.Ordinal),
            key.Replace("\"client_email\"", "\"mail\"", StringComparison.Ordinal),
            key.Replace("-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", StringComparison.Ordinal),
            key.Replace("oauth2.googleapis.com", "tokens.example.com", StringComparison.Ordinal),
            """{"type":"authorized_user","client_id":5,"client_secret":"GOCSPX-not-for-eyes","refresh_token":"1//not-for-eyes"}""",
            """{"type":"authorized_user","client_id":"x","client_secret":"GOCSPX-not-for-eyes","refresh_token":"1//not-for-eyes","universe_domain":"example.com"}""",
        ];

        foreach (string content in contents)
        {
            string file = Environment.WriteFile("broken.json", content);
            Assert.Single(RunLoud("Connect-GcpAccount $args[0] -Verbose -Debug", file).Errors);
            Assert.Single(RunLoud("Connect-GcpAccount -CredentialJson $args[0] -Verbose -Debug", Secret(content)).Errors);
        }

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void A_secret_given_as_plain_text_is_not_repeated()
    {
        Hide("ya29.typed-in-plain");

        Assert.Single(RunLoud("$typed = $args[0]; Connect-GcpAccount -AccessToken $typed", "ya29.typed-in-plain").Errors);
        Assert.Single(RunLoud("$typed = $args[0]; Connect-GcpAccount -CredentialJson $typed", "ya29.typed-in-plain").Errors);
    }

    [Fact]
    public void A_token_that_cannot_be_one()
    {
        Hide("not-for-eyes");

        Assert.Single(RunLoud("Connect-GcpAccount -AccessToken $args[0]", Secret("not-for-eyes \u00fc")).Errors);
    }

    [Fact]
    public void An_expired_and_a_revoked_token()
    {
        string token = Cloud.State.Tokens.Issue("a@b", ["https://www.googleapis.com/auth/cloud-platform"], lifetime: TimeSpan.Zero).Value;

        RunResult result = RunLoud(
            "Connect-GcpAccount -AccessToken $args[0] -Project demo-project -Endpoint @{ storage = $args[1] }; Get-GcsBucket -Verbose -Debug",
            Secret(token), Cloud.ApiAddress.AbsoluteUri);

        Assert.Single(result.Errors);
    }

    [Fact]
    public void A_page_that_holds_the_token_is_not_shown()
    {
        string token = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        foreach (int status in new[] { 200, 302, 403, 404 })
        {
            Cloud.Faults.Clear();
            Cloud.Faults.Add(new Fault
            {
                PathPattern = "/storage/*",
                Status = status,
                Body = $"<html>{token}</html>",
                Headers = new Dictionary<string, string> { ["Location"] = "https://example.com/?t=" + token, ["X-Echo"] = token },
            });

            Assert.Single(RunLoud("Get-GcsBucket some-bucket -Verbose -Debug").Errors);
        }
    }
}
