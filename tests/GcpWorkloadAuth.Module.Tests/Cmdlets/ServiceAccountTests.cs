using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GceServiceAccount.</summary>
public sealed class ServiceAccountTests : CloudTest
{
    private const string Reader = "reader@demo-project.iam.gserviceaccount.com";
    private const string ReadOnly = "https://www.googleapis.com/auth/devstorage.read_only";

    [Fact]
    public void The_default_account_comes_once()
    {
        RunResult result = Run("Get-GceServiceAccount").MustSucceed();

        Assert.Equal(Account, result.Property("Email"));
        Assert.Equal(["default"], (IEnumerable<string>)result.Property("Aliases")!);
        Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], (IEnumerable<string>)result.Property("Scopes")!);
        Assert.Single(Cloud.Requests.All);
    }

    [Theory]
    [InlineData(Reader, new[] { Reader })]
    [InlineData("READER@*", new[] { Reader })]
    [InlineData("second", new[] { Reader })]
    [InlineData("default", new[] { Account })]
    [InlineData("*", new[] { Account, Reader })]
    [InlineData("none*", new string[0])]
    public void By_address_alias_and_wildcard(string name, string[] expected)
    {
        Cloud.State.Machine.AttachAlso(Reader, [ReadOnly], "second");

        Assert.Equal(expected, Run("Get-GceServiceAccount $args[0]", name).MustSucceed().Strings());
    }

    [Fact]
    public void A_missing_address_is_an_error_and_the_others_come()
    {
        RunResult result = Run("'nobody@x', 'default' | Get-GceServiceAccount");

        Assert.Equal("nobody@x", result.SingleError("ServiceAccountNotAttached", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.Equal([Account], result.Strings());
    }

    [Fact]
    public void A_vm_without_accounts_gives_nothing()
    {
        Cloud.State.Machine.Detach();

        Assert.Empty(Run("Get-GceServiceAccount").MustSucceed().Output);
        Run("Get-GceServiceAccount default").SingleError("ServiceAccountNotAttached", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void No_token_is_asked_for()
    {
        Run("Get-GceServiceAccount").MustSucceed();

        Assert.Equal(0, TokenRequests);
    }
}
