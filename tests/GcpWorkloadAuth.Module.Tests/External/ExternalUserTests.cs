using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>external_account_authorized_user: a person of a workforce pool who signed in with gcloud.</summary>
public sealed class ExternalUserTests : FederationTest
{
    [Fact]
    public void The_refresh_token_is_exchanged_with_the_clients_secret_in_a_header()
    {
        FederatedUser user = Cloud.State.Federation.SignIn();

        RunResult result = SignIn(UserFile(user)).MustSucceed();

        Assert.Equal("external_account_authorized_user", result.Property("CredentialType"));
        LoggedRequest request = Assert.Single(Requests(EmulatedService.Sts));
        Assert.Equal("/v1/oauthtoken", request.Path);
        Assert.Equal("grant_type=refresh_token&refresh_token=" + user.RefreshToken, request.Body);
        Assert.StartsWith("Basic ", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(["3"], Run("(Get-GcsBucket -Project demo-project).Count").MustSucceed().Strings());
    }

    [Fact]
    public void A_new_refresh_token_is_kept_in_memory_and_the_file_left_alone()
    {
        FederatedUser user = Cloud.State.Federation.SignIn();
        user.Rotates = true;
        string file = UserFile(user);
        string content = File.ReadAllText(file);

        SignIn(file).MustSucceed();
        Run("Get-GceAccessToken -ForceRefresh; Get-GceAccessToken -ForceRefresh").MustSucceed();
        Environment.Set("CLOUDSDK_COMPUTE_ZONE", "europe-west1-b"); // makes the session anew
        Run("Get-GceAccessToken -ForceRefresh").MustSucceed();

        Assert.Equal(content, File.ReadAllText(file));
        Assert.Equal(4, Requests(EmulatedService.Sts).Count);
    }

    [Fact]
    public void Disconnecting_forgets_the_new_refresh_token()
    {
        FederatedUser user = Cloud.State.Federation.SignIn();
        user.Rotates = true;
        string file = UserFile(user);
        SignIn(file).MustSucceed();
        Run("Disconnect-GcpAccount -All").MustSucceed();

        SignIn(file).SingleError("FederatedSignInEnded", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void Scopes_cannot_be_chosen() =>
        SignIn(UserFile(Cloud.State.Federation.SignIn()), "-Scope https://www.googleapis.com/auth/devstorage.read_only")
            .SingleError("ScopesFixed", ErrorCategory.InvalidArgument);

    [Fact]
    public void A_sign_in_that_has_ended_says_how_to_sign_in_again_and_shows_no_secret()
    {
        FederatedUser user = Cloud.State.Federation.SignIn();
        string file = UserFile(user);
        user.Ended = true;

        RunResult result = SignIn(file, "-Verbose");

        ErrorRecord error = result.SingleError("FederatedSignInEnded", ErrorCategory.AuthenticationError);
        Assert.Contains("gcloud auth application-default login", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(user.RefreshToken, result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain(user.ClientSecret, result.AllText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refresh_token", null, "CredentialFieldMissing")]
    [InlineData("client_id", null, "CredentialFieldMissing")]
    [InlineData("client_secret", null, "CredentialFieldMissing")]
    [InlineData("token_url", null, "CredentialFieldMissing")]
    [InlineData("token_url", "https://evil.example/v1/oauthtoken", "CredentialUrlRefused")]
    [InlineData("token_info_url", "https://evil.example/v1/introspect", "CredentialUrlRefused")]
    [InlineData("universe_domain", "evil.example", "UniverseMismatch")]
    public void A_file_that_is_not_whole_or_leads_elsewhere_is_refused(string field, string? value, string errorId)
    {
        string file = UserFile(Cloud.State.Federation.SignIn(), field, value);

        ErrorRecord error = Assert.Single(Run("Connect-GcpAccount $args[0]", file).Errors);

        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("client_id")]
    [InlineData("client_secret")]
    [InlineData("token_url")]
    [InlineData("token_info_url")]
    [InlineData("universe_domain")]
    [InlineData("quota_project_id")]
    [InlineData("account")]
    public void A_field_of_another_type_is_named(string field)
    {
        string file = Environment.WriteFile("user.json", CloudState.CreateExternalUser(Cloud.State.Federation.SignIn(), json => json[field] = 5));

        ErrorRecord error = Assert.Single(Run("Connect-GcpAccount $args[0]", file).Errors);

        Assert.Contains(error.FullyQualifiedErrorId.Split(',')[0], new[] { "CredentialFieldInvalid", "CredentialFieldMissing" });
        Assert.Contains("'" + field + "'", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData(400, "{\"error\":\"invalid_request\"}", "FederationRefused")]
    [InlineData(401, "{\"error\":\"invalid_client\"}", "FederationRefused")]
    [InlineData(403, "{\"error\":{\"code\":403,\"message\":\"blocked\",\"status\":\"PERMISSION_DENIED\"}}", "FederationRefused")]
    [InlineData(404, "<html></html>", "ResponseNotJson")]
    [InlineData(418, "{}", "RequestFailed")]
    [InlineData(200, "{}", "TokenResponseInvalid")]
    [InlineData(200, "{\"access_token\":\"x\",\"expires_in\":0}", "TokenResponseInvalid")]
    [InlineData(200, "", "ResponseNotJson")]
    public void Every_odd_answer_is_one_error(int status, string body, string errorId)
    {
        FederatedUser user = Cloud.State.Federation.SignIn();
        Cloud.Faults.Add(new Fault { PathPattern = "/v1/oauthtoken", Status = status, Body = body });

        RunResult result = SignIn(UserFile(user));

        Assert.Equal(errorId, Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.DoesNotContain(user.RefreshToken, result.AllText(), StringComparison.Ordinal);
    }

    private string UserFile(FederatedUser user, string? field = null, string? value = null) =>
        Environment.WriteFile(Guid.NewGuid().ToString("N") + ".json", CloudState.CreateExternalUser(user, json =>
        {
            if (field is not null)
            {
                json[field] = value;
            }
        }));
}
