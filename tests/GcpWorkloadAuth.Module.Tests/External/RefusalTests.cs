using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>Files that are refused before anything is sent, and services that refuse.</summary>
public sealed class RefusalTests : FederationTest
{
    [Theory]
    [InlineData("audience")]
    [InlineData("subject_token_type")]
    [InlineData("token_url")]
    [InlineData("credential_source")]
    public void A_missing_field_is_named(string field)
    {
        ErrorRecord error = SignIn(FileSourced(change: json => json.Remove(field))).SingleError("CredentialFieldMissing", ErrorCategory.InvalidData);

        Assert.Contains("'" + field + "'", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("subject_token_type")]
    [InlineData("token_url")]
    [InlineData("token_info_url")]
    [InlineData("service_account_impersonation_url")]
    [InlineData("service_account_impersonation")]
    [InlineData("client_id")]
    [InlineData("client_secret")]
    [InlineData("credential_source")]
    [InlineData("workforce_pool_user_project")]
    [InlineData("universe_domain")]
    public void A_field_of_another_type_is_named(string field)
    {
        ErrorRecord error = Assert.Single(SignIn(FileSourced(change: json => json[field] = new JsonArray(1))).Errors);

        Assert.Contains(error.FullyQualifiedErrorId.Split(',')[0], new[] { "CredentialFieldInvalid", "CredentialFieldMissing" });
        Assert.Contains("'" + field + "'", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData("token_url", "https://evil.example/v1/token")]
    [InlineData("token_url", "http://sts.googleapis.com/v1/token")]
    [InlineData("token_url", "https://sts.googleapis.com.evil.example/v1/token")]
    [InlineData("token_url", "https://sts.googleapis.com@evil.example/v1/token")]
    [InlineData("token_url", "http://127.0.0.1:1/v1/token")]
    [InlineData("token_info_url", "https://evil.example/introspect")]
    [InlineData("service_account_impersonation_url", "https://evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken")]
    public void A_foreign_host_is_refused_before_anything_is_read_or_sent(string field, string url)
    {
        string file = FileSourced(change: json => json[field] = url);

        ErrorRecord error = Run("Connect-GcpAccount $args[0]", file).SingleError("CredentialUrlRefused", ErrorCategory.SecurityError);

        Assert.Contains("'" + field + "'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Endpoint @{ sts = '...'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void A_files_own_universe_does_not_make_its_hosts_trusted()
    {
        string file = FileSourced(change: json =>
        {
            json["universe_domain"] = "evil.example";
            json["token_url"] = "https://sts.evil.example/v1/token";
        });

        Run("Connect-GcpAccount $args[0]", file).SingleError("UniverseMismatch", ErrorCategory.SecurityError);
        Run("Connect-GcpAccount $args[0] -UniverseDomain other.example", file).SingleError("UniverseMismatch", ErrorCategory.SecurityError);
        Run("Connect-GcpAccount $args[0] -UniverseDomain other.example", FileSourced()).SingleError("UniverseMismatch", ErrorCategory.SecurityError);
        Run("Connect-GcpAccount $args[0] -UniverseDomain evil.example -SkipValidation", file).MustSucceed();

        Assert.Empty(Cloud.Requests.All);
    }

    [Theory]
    [InlineData(599)]
    [InlineData(43201)]
    [InlineData(-1)]
    [InlineData(3600.5)]
    public void A_life_outside_its_bounds_is_refused(double seconds)
    {
        SignIn(FileSourced(Robot, json => json["service_account_impersonation"] = new JsonObject { ["token_lifetime_seconds"] = seconds }))
            .SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void Sources_that_are_none_or_several_or_unknown_are_refused()
    {
        SignIn(ExternalFile(new { })).SingleError("CredentialFieldMissing", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { file = "/x", url = "https://x.example/" })).SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { file = "/x", format = new { type = "xml" } })).SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);
        SignIn(ExternalFile(new { file = "/x", format = new { type = "json" } })).SingleError("CredentialFieldMissing", ErrorCategory.InvalidData);
        SignIn(FileSourced(change: json => json["workforce_pool_user_project"] = "p")).SingleError("CredentialFieldInvalid", ErrorCategory.InvalidData);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void Kinds_that_are_not_supported_say_so()
    {
        string gdch = Environment.WriteFile("gdch.json", """{"type":"gdch_service_account","private_key":"x","token_uri":"https://x.example"}""");
        string unknown = Environment.WriteFile("unknown.json", """{"type":"something_else"}""");

        Run("Connect-GcpAccount $args[0]", gdch).SingleError("CredentialTypeNotSupported", ErrorCategory.NotImplemented);
        Run("Connect-GcpAccount $args[0]", unknown).SingleError("CredentialTypeUnknown", ErrorCategory.InvalidData);
    }

    [Fact]
    public void What_the_service_says_is_told()
    {
        ErrorRecord target = SignIn(FileSourced(change: json => json["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q"))
            .SingleError("FederationRefused", ErrorCategory.AuthenticationError);
        Assert.Contains("invalid_target", target.ToString(), StringComparison.Ordinal);
        Assert.Contains("disabled or deleted", target.ToString(), StringComparison.Ordinal);
        Assert.Equal("invalid_target", Reason(target));

        string stale = FileSourced();
        Cloud.State.Federation.WithdrawSubjectTokens();
        Assert.Contains("stale", SignIn(stale).SingleError("FederationRefused", ErrorCategory.AuthenticationError).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_account_that_may_not_be_become_is_named()
    {
        string file = FileSourced(Robot);
        Cloud.State.Federation.DeniedAccounts[Robot] = true;

        ErrorRecord error = SignIn(file).SingleError("FederatedImpersonationDenied", ErrorCategory.PermissionDenied);

        Assert.Contains(Robot, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("roles/iam.workloadIdentityUser", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/token", 400, "{\"error\":\"unauthorized_client\",\"error_description\":\"The given credential is rejected by the attribute condition.\"}", "FederationRefused")]
    [InlineData("/v1/token", 401, "{\"error\":\"invalid_client\"}", "FederationRefused")]
    [InlineData("/v1/token", 403, "{\"error\":{\"code\":403,\"message\":\"blocked\",\"status\":\"PERMISSION_DENIED\"}}", "FederationRefused")]
    [InlineData("/v1/token", 404, "<html>not here</html>", "ResponseNotJson")]
    [InlineData("/v1/token", 418, "{\"strange\":1}", "RequestFailed")]
    [InlineData("/v1/token", 200, "{}", "TokenResponseInvalid")]
    [InlineData("/v1/token", 200, "<html></html>", "ResponseNotJson")]
    [InlineData("/v1/token", 200, "{\"access_token\":\"a\\r\\nX: y\",\"expires_in\":3599}", "TokenResponseInvalid")]
    [InlineData("/v1/token", 200, "{\"access_token\":\"a\",\"expires_in\":-1}", "TokenResponseInvalid")]
    [InlineData("/v1/token", 200, "{\"access_token\":\"a\"}", "TokenResponseInvalid")]
    [InlineData("/v1/token", 200, "{\"access_token\":[1],\"expires_in\":3599}", "TokenResponseInvalid")]
    [InlineData("*:generateAccessToken", 400, "{\"error\":{\"code\":400,\"message\":\"bad\",\"status\":\"INVALID_ARGUMENT\"}}", "RequestFailed")]
    [InlineData("*:generateAccessToken", 401, "{\"error\":{\"code\":401,\"message\":\"who\",\"status\":\"UNAUTHENTICATED\"}}", "RequestFailed")]
    [InlineData("*:generateAccessToken", 404, "{\"error\":{\"code\":404,\"message\":\"gone\",\"status\":\"NOT_FOUND\"}}", "FederatedImpersonationDenied")]
    [InlineData("*:generateAccessToken", 200, "{\"accessToken\":\"x\",\"expireTime\":\"then\"}", "TokenResponseInvalid")]
    [InlineData("*:generateAccessToken", 200, "{\"accessToken\":\"x\",\"expireTime\":\"2001-01-01T00:00:00Z\"}", "TokenResponseInvalid")]
    [InlineData("*:generateAccessToken", 200, "nothing", "ResponseNotJson")]
    public void Every_odd_answer_is_one_error(string path, int status, string body, string errorId)
    {
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = status, Body = body });

        ErrorRecord error = Assert.Single(SignIn(FileSourced(Robot)).Errors);

        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.False(string.IsNullOrEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Theory]
    [InlineData("/v1/token", 503)]
    [InlineData("/v1/token", 429)]
    [InlineData("*:generateAccessToken", 500)]
    public void A_busy_service_is_asked_again(string path, int status)
    {
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = status, Times = 2 });

        SignIn(FileSourced(Robot)).MustSucceed();
    }

    [Theory]
    [InlineData("/v1/token")]
    [InlineData("*:generateAccessToken")]
    public void A_redirect_is_not_followed(string path)
    {
        using Listener stranger = new();
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = 307, Headers = new Dictionary<string, string> { ["Location"] = stranger.Address.AbsoluteUri } });

        SignIn(FileSourced(Robot)).SingleError("RedirectRefused", ErrorCategory.SecurityError);

        Assert.Empty(stranger.Requests);
    }

    [Fact]
    public void An_answer_larger_than_64_KiB_is_not_read()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/v1/token", Status = 200, Body = "{\"access_token\":\"" + new string('a', 70000) + "\"}" });

        SignIn(FileSourced()).SingleError("ResponseTooLarge", ErrorCategory.InvalidData);
    }

    private static string? Reason(ErrorRecord error) => error.Exception.GetType().GetProperty("Reason")!.GetValue(error.Exception) as string;
}
