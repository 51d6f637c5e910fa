using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>external_account with an address as the source of subject tokens.</summary>
public sealed class UrlSourcedTests : FederationTest
{
    [Fact]
    public void The_address_is_asked_with_the_files_headers()
    {
        using Listener agent = new(Cloud.State.Federation.IssueSubjectToken() + "\n");

        SignIn(ExternalFile(new { url = agent.Address + "token?aud=x", headers = new { Metadata = "True", X_Key = "agent-key" } }, Robot)).MustSucceed();

        string request = Assert.Single(agent.Requests);
        Assert.StartsWith("GET /token?aud=x HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("\r\nMetadata: True\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX_Key: agent-key\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_json_answer_gives_the_field_that_is_named()
    {
        using Listener agent = new("{\"access_token\":\"" + Cloud.State.Federation.IssueSubjectToken() + "\",\"x\":{}}");

        SignIn(ExternalFile(new { url = agent.Address, format = new { type = "json", subject_token_field_name = "access_token" } })).MustSucceed();
    }

    [Theory]
    [InlineData("", "SubjectTokenUnreadable", ErrorCategory.InvalidData)]
    [InlineData("{\"error\":\"ya29.secret-of-agent\"}", "SubjectTokenUnreadable", ErrorCategory.InvalidData)]
    [InlineData("LARGE", "ResponseTooLarge", ErrorCategory.InvalidData)]
    public void An_answer_without_a_token_is_one_clear_error(string body, string errorId, ErrorCategory category)
    {
        using Listener agent = new(body == "LARGE" ? new string('x', 70000) : body);

        RunResult result = SignIn(ExternalFile(new { url = agent.Address, format = new { type = "json", subject_token_field_name = "token" } }));

        result.SingleError(errorId, category);
        Assert.DoesNotContain("secret-of-agent", result.AllText(), StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Sts));
    }

    [Fact]
    public void A_refusal_and_a_silent_address_are_told_without_the_query()
    {
        ErrorRecord refused = SignIn(ExternalFile(new { url = new Uri(Cloud.ApiAddress, "/_nowhere?key=agent-key") }))
            .SingleError("SubjectTokenRefused", ErrorCategory.AuthenticationError);
        Assert.Contains("404", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("agent-key", refused.ToString(), StringComparison.Ordinal);

        SignIn(ExternalFile(new { url = "http://127.0.0.1:" + Listener.ClosedPort() + "/" })).SingleError("ConnectionFailed", ErrorCategory.ConnectionError);
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using Listener stranger = new();
        Cloud.Faults.Add(new Fault { PathPattern = "/agent", Status = 302, Headers = new Dictionary<string, string> { ["Location"] = stranger.Address.AbsoluteUri } });

        SignIn(ExternalFile(new { url = new Uri(Cloud.ApiAddress, "/agent") })).SingleError("RedirectRefused", ErrorCategory.SecurityError);

        Assert.Empty(stranger.Requests);
    }

    [Fact]
    public void The_metadata_server_is_never_asked()
    {
        string token = new Uri(Cloud.MetadataAddress, "/computeMetadata/v1/instance/service-accounts/default/token").AbsoluteUri;

        SignIn(ExternalFile(new { url = token })).SingleError("CredentialUrlRefused", ErrorCategory.SecurityError);
        SignIn(ExternalFile(new { url = token, headers = new Dictionary<string, string> { ["Metadata-Flavor"] = "Google" } }))
            .SingleError("CredentialUrlRefused", ErrorCategory.SecurityError);
        SignIn(ExternalFile(new { url = "http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token" }))
            .SingleError("CredentialUrlRefused", ErrorCategory.SecurityError);

        Assert.Empty(Cloud.Requests.All);
    }
}
