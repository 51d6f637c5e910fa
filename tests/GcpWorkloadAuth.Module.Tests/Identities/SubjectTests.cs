using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Identities;

/// <summary>Domain-wide delegation: a service account key that stands in for a user.</summary>
public sealed class SubjectTests : CloudTest
{
    private const string Robot = "robot@demo-project.iam.gserviceaccount.com";
    private const string User = "user@example.com";

    [Fact]
    public void A_key_stands_in_for_a_user()
    {
        string file = KeyFile();
        Cloud.State.Impersonations.AllowSubject(Robot, User);

        RunResult result = Run("Connect-GcpAccount $args[0] -Subject $args[1] -Endpoint @{ token = $args[2] }", file, User, TokenEndpoint)
            .MustSucceed();

        Assert.Equal(User, result.Property("Account"));
        Assert.Equal(User, Assert.Single(Cloud.State.Tokens.Issued).Account);
    }

    [Fact]
    public void Its_tokens_are_its_own()
    {
        string file = KeyFile();
        Cloud.State.Impersonations.AllowSubject(Robot, User);

        Run("Connect-GcpAccount $args[0] -Name plain -Endpoint @{ token = $args[2] }; Connect-GcpAccount $args[0] -Name user -Subject $args[1] -Endpoint @{ token = $args[2] }",
            file, User, TokenEndpoint).MustSucceed();
        RunResult tokens = Run("Get-GceAccessToken -Context plain -AsPlainText; Get-GceAccessToken -Context user -AsPlainText").MustSucceed();

        Assert.Equal(Robot, Cloud.State.Tokens.Find(tokens.Strings()[0])!.Account);
        Assert.Equal(User, Cloud.State.Tokens.Find(tokens.Strings()[1])!.Account);
    }

    [Fact]
    public void A_domain_that_has_not_allowed_it_says_no()
    {
        RunResult result = Run("Connect-GcpAccount $args[0] -Subject $args[1] -Endpoint @{ token = $args[2] }", KeyFile(), User, TokenEndpoint);

        ErrorRecord error = result.SingleError("SubjectRefused", ErrorCategory.PermissionDenied);
        Assert.Contains(User, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_keys_can()
    {
        Run("Connect-GcpAccount $args[0] -Subject $args[1] -Endpoint @{ token = $args[2] }", UserFile(), User, TokenEndpoint)
            .SingleError("SubjectNotSupported", ErrorCategory.InvalidArgument);

        string nested = Environment.WriteFile("i.json", Cloud.State.CreateImpersonation("w@demo-project.iam.gserviceaccount.com", Cloud.State.CreateServiceAccountKey()));
        Run("Connect-GcpAccount $args[0] -Subject $args[1] -Endpoint @{ token = $args[2] }", nested, User, TokenEndpoint)
            .SingleError("SubjectNotSupported", ErrorCategory.InvalidArgument);
        Assert.Equal(0, Cloud.Requests.Count());
    }
}
