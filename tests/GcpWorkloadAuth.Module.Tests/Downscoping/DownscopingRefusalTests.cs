using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Downscoping;

/// <summary>What New-GcpDownscopedToken refuses, what the service refuses, and what must not show.</summary>
public sealed class DownscopingRefusalTests : CloudTest
{
    [Theory]
    [InlineData("New-GcpDownscopedToken UPPER objectViewer", "BucketNameInvalid")]
    [InlineData("New-GcpDownscopedToken 'b-1/objects' objectViewer", "BucketNameInvalid")]
    [InlineData("New-GcpDownscopedToken \"b'1\" objectViewer", "BucketNameInvalid")]
    [InlineData("New-GcpDownscopedToken b-1 'objectViewer or so'", "AccessBoundaryRoleInvalid")]
    [InlineData("New-GcpDownscopedToken b-1 'storage.objectViewer'", "AccessBoundaryRoleInvalid")]
    [InlineData("New-GcpDownscopedToken (1..11 | ForEach-Object { \"b-$_\" }) objectViewer", "AccessBoundaryRuleCount")]
    [InlineData("1..11 | ForEach-Object { @{ Bucket = \"b-$_\"; Role = 'objectViewer' } } | New-GcpDownscopedToken", "AccessBoundaryRuleCount")]
    [InlineData("@() | New-GcpDownscopedToken -Role objectViewer", "AccessBoundaryRuleCount")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Bucket = 'b-1' }", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Role = 'objectViewer' }", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Bucket = 'b-1'; Role = 'objectViewer'; Prefix = '' }", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Bucket = 'b-1'; Role = 'objectViewer'; Prefix = $null }", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Bucket = 'b-1'; Role = 'objectViewer'; Prefx = 'in/' }", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule @{ Bucket = 'b-1'; Role = @('objectViewer', '') }", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule ([pscustomobject]@{ Bucket = 'b-1'; Role = 'objectViewer'; Prefix = '' })", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule 'b-1'", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken -Rule 5", "AccessBoundaryRuleInvalid")]
    [InlineData("New-GcpDownscopedToken b-1 objectViewer -Prefix ('x' * 1025)", "AccessBoundaryPrefixInvalid")]
    public void A_rule_that_cannot_be_used_is_an_error_before_anything_is_sent(string script, string errorId)
    {
        RunResult result = Run(script);

        result.SingleError(errorId, ErrorCategory.InvalidArgument);
        Assert.Empty(result.Output);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void An_empty_prefix_of_a_variable_does_not_open_the_bucket()
    {
        RunResult result = Run("$prefix = $null; New-GcpDownscopedToken b-1 objectViewer -Prefix $prefix");

        Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_service_s_refusal_is_explained()
    {
        Cloud.Faults.Add(new Fault { Times = 1, PathPattern = "/v1/token", Status = 400, Body = GoogleErrors.OAuth("invalid_request", "Invalid role."), ContentType = "application/json" });

        ErrorRecord error = Run("New-GcpDownscopedToken b-1 objectViewer").SingleError("DownscopingRefused", ErrorCategory.AuthenticationError);

        Assert.Contains("invalid_request: Invalid role.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", "text/html", "ResponseNotJson")]
    [InlineData("{}", "application/json", "TokenResponseInvalid")]
    [InlineData("[]", "application/json", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":5}", "application/json", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"a b\"}", "application/json", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":-1}", "application/json", "TokenResponseInvalid")]
    [InlineData("{\"access_token\":\"ya29.x\",\"expires_in\":\"soon\"}", "application/json", "TokenResponseInvalid")]
    public void An_answer_that_is_no_token_is_one_clear_error(string body, string type, string errorId)
    {
        Cloud.Faults.Add(new Fault { Times = 1, PathPattern = "/v1/token", Status = 200, Body = body, ContentType = type });

        RunResult result = Run("New-GcpDownscopedToken b-1 objectViewer");

        Assert.Equal(errorId, Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void A_redirect_takes_the_token_nowhere()
    {
        Cloud.Faults.Add(new Fault { Times = 1, PathPattern = "/v1/token", Status = 307, Headers = new Dictionary<string, string> { ["Location"] = Cloud.ApiAddress + "token" } });

        Run("New-GcpDownscopedToken b-1 objectViewer").SingleError("RedirectRefused", ErrorCategory.SecurityError);

        Assert.Single(Requests(EmulatedService.Sts));
        Assert.Empty(Requests(EmulatedService.Token));
    }

    [Fact]
    public void A_token_that_is_no_emulator_s_goes_to_no_emulator()
    {
        Run("Connect-GcpAccount -AccessToken $args[0]", Secret("ya29.real")).MustSucceed();

        Run("New-GcpDownscopedToken b-1 objectViewer").SingleError("TokenForEmulatorRefused", ErrorCategory.SecurityError);

        Assert.Empty(Requests(EmulatedService.Sts));
    }

    [Theory]
    [InlineData("https://sts.evil.example/")]
    [InlineData("http://sts.googleapis.com/")]
    [InlineData("https://sts.googleapis.com.evil.example/")]
    public void A_variable_that_names_a_foreign_host_is_an_error(string address)
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STS", address);

        ErrorRecord error = Run("New-GcpDownscopedToken b-1 objectViewer").SingleError("EndpointRefused", ErrorCategory.SecurityError);

        Assert.Contains("CLOUDSDK_API_ENDPOINT_OVERRIDES_STS", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, TokenRequests);
    }

    [Fact]
    public void A_token_of_another_universe_goes_nowhere()
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STS", null);
        Environment.Set("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "other.example");

        Run("New-GcpDownscopedToken b-1 objectViewer").SingleError("UniverseMismatch", ErrorCategory.SecurityError);
    }

    [Fact]
    public void No_token_is_shown_anywhere()
    {
        RunResult good = Run("$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; New-GcpDownscopedToken b-1 objectViewer").MustSucceed();
        string source = Cloud.State.Tokens.Issued[0].Value;
        string made = Cloud.State.Tokens.Issued[^1].Value;
        Cloud.Faults.Add(new Fault
        {
            Times = 1,
            PathPattern = "/v1/token",
            Status = 400,
            Body = GoogleErrors.OAuth("invalid_grant", "The token " + source + " is bad."),
            ContentType = "application/json",
        });
        RunResult bad = Run("$VerbosePreference = 'Continue'; New-GcpDownscopedToken b-1 objectViewer");

        Assert.NotEmpty(good.Verbose);
        foreach (string text in (string[])[good.AllText(), bad.AllText()])
        {
            Assert.DoesNotContain(source, text, StringComparison.Ordinal);
            Assert.DoesNotContain(made, text, StringComparison.Ordinal);
        }
    }
}
