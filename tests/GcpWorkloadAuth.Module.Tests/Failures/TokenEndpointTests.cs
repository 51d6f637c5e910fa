using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>The token endpoint refuses, or is not what it should be.</summary>
public sealed class TokenEndpointTests : FailureTest
{
    private const string Connect = "Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }";

    [Theory]
    [InlineData(UserProblem.Revoked, "CredentialRevoked")]
    [InlineData(UserProblem.Deleted, "AccountNotUsable")]
    [InlineData(UserProblem.ReauthenticationNeeded, "ReauthenticationRequired")]
    public void A_persons_credential_that_no_longer_works(UserProblem problem, string id)
    {
        string file = UserFile();
        Cloud.State.Users.All.Single().Problem = problem;

        ErrorRecord error = Run(Connect, file, TokenEndpoint).SingleError(id, ErrorCategory.AuthenticationError);

        Assert.Equal(file, error.TargetObject);
        Assert.Equal(400, ((dynamic)error.Exception).StatusCode);
        Assert.Contains(file, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, TokenRequests);
        Cloud.State.Users.All.Single().Problem = UserProblem.None;
        Run(Connect, file, TokenEndpoint).MustSucceed();
    }

    [Fact]
    public void A_refresh_token_that_was_never_given_out()
    {
        string file = UserFile();
        File.WriteAllText(file, File.ReadAllText(file).Replace("1//0emu-", "1//0other-", StringComparison.Ordinal));

        Run(Connect, file, TokenEndpoint).SingleError("CredentialRevoked", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void A_client_that_the_endpoint_does_not_know()
    {
        string file = UserFile();
        File.WriteAllText(file, File.ReadAllText(file).Replace("GOCSPX-emu", "GOCSPX-other", StringComparison.Ordinal));

        ErrorRecord error = Run(Connect, file, TokenEndpoint).SingleError("TokenRefused", ErrorCategory.AuthenticationError);

        Assert.Contains("invalid_client", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disabled_service_account()
    {
        string file = KeyFile();
        Cloud.State.ServiceAccounts.GetOrAdd("robot@demo-project.iam.gserviceaccount.com").Disabled = true;

        Run(Connect, file, TokenEndpoint).SingleError("AccountNotUsable", ErrorCategory.AuthenticationError);

        Cloud.State.ServiceAccounts.GetOrAdd("robot@demo-project.iam.gserviceaccount.com").Disabled = false;
        Run(Connect, file, TokenEndpoint).MustSucceed();
    }

    [Fact]
    public void A_deleted_service_account_and_a_deleted_key()
    {
        string file = KeyFile();
        ServiceAccount account = Cloud.State.ServiceAccounts.Find("robot@demo-project.iam.gserviceaccount.com")!;
        account.DeleteKey(account.KeyIds.Single());
        Run(Connect, file, TokenEndpoint).SingleError("CredentialRevoked", ErrorCategory.AuthenticationError);

        Cloud.State.ServiceAccounts.Delete(account.Email);
        Run(Connect, file, TokenEndpoint).SingleError("AccountNotUsable", ErrorCategory.AuthenticationError);
    }

    [Fact]
    public void A_credential_revoked_in_the_middle_of_a_session()
    {
        Run(Connect + "; Get-GcsBucket -Project demo-project", UserFile(), TokenEndpoint).MustSucceed();
        Cloud.State.Users.All.Single().Problem = UserProblem.Revoked;
        Cloud.State.Tokens.RevokeAll();

        ErrorRecord error = Run("Get-GcsBucket -Project demo-project").SingleError("CredentialRevoked", ErrorCategory.AuthenticationError);

        Assert.Equal("demo-project", error.TargetObject);
        Cloud.State.Users.All.Single().Problem = UserProblem.None;
        Run("Get-GcsBucket -Project demo-project").MustSucceed();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public void A_redirect_is_not_followed(int status)
    {
        using Listener stranger = new();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/token",
            Status = status,
            Headers = new Dictionary<string, string> { ["Location"] = stranger.Address + "token" },
        });

        ErrorRecord error = Run(Connect, UserFile(), TokenEndpoint).SingleError("RedirectRefused", ErrorCategory.SecurityError);

        Assert.Contains(stranger.Address.Authority, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(stranger.Requests);
        Assert.Equal(1, TokenRequests);
    }

    [Theory]
    [InlineData(200, "<html>Sign in to the hotel</html>", "ResponseNotJson", ErrorCategory.InvalidData)]
    [InlineData(403, "<html>Blocked by policy</html>", "ResponseNotJson", ErrorCategory.InvalidData)]
    [InlineData(400, "", "ResponseNotJson", ErrorCategory.InvalidData)]
    [InlineData(400, "{}", "RequestFailed", ErrorCategory.ResourceUnavailable)]
    [InlineData(200, "{}", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    [InlineData(200, "[]", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    [InlineData(200, """{"access_token":"ya29.cut","expires_""", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    [InlineData(200, """{"access_token":"ya29.nolife","token_type":"Bearer"}""", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    [InlineData(200, """{"access_token":"ya29.zero","expires_in":0,"token_type":"Bearer"}""", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    [InlineData(200, """{"access_token":"ya29 two","expires_in":3599,"token_type":"Bearer"}""", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    [InlineData(200, """{"access_token":"","expires_in":3599}""", "TokenResponseInvalid", ErrorCategory.InvalidData)]
    public void What_is_no_token_is_not_taken_for_one(int status, string body, string id, ErrorCategory category)
    {
        Fault fault = Arm("/token", status, body);

        RunResult result = Run(Connect, UserFile(), TokenEndpoint);

        result.SingleError(id, category);
        Assert.DoesNotContain("ya29", result.AllText(), StringComparison.Ordinal);

        // The endpoint's own: what the metadata server of the same cloud is asked for is another matter.
        Assert.True(fault.Hits == 1, string.Join("; ", Cloud.Requests.All.Select(r => $"{r} {r.StartedAt:ss.fff}-{r.FinishedAt:ss.fff}")));
        Cloud.Faults.Clear();
        Run(Connect, UserFile(), TokenEndpoint).MustSucceed();
    }

    [Fact]
    public void A_passing_trouble_is_nobodys_business()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/token", Status = 503, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "/token", TruncateAfter = 10, Times = 1 });

        Run(Connect, UserFile(), TokenEndpoint).MustSucceed();

        Assert.Equal(3, TokenRequests);
    }
}

/// <summary>A machine whose clock is two hours behind Google's.</summary>
public sealed class ClockSkewTests : FailureTest
{
    protected override EmulatorOptions Options => new() { Clock = new LateClock() };

    [Fact]
    public void The_clock_is_named_as_the_cause()
    {
        string file = KeyFile();

        ErrorRecord error = Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", file, TokenEndpoint)
            .SingleError("ClockSkew", ErrorCategory.AuthenticationError);

        Assert.Equal(file, error.TargetObject);
        Assert.Contains("w32tm", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        StillWorks();
    }

    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromHours(2);
    }
}
