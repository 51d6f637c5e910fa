using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Disconnect-GcpAccount: contexts, credentials and cached tokens are forgotten.</summary>
public sealed class DisconnectTests : CloudTest
{
    [Fact]
    public void Without_a_name_the_current_context_goes()
    {
        Run("Connect-GcpAccount -Name a; Connect-GcpAccount -Name b; Disconnect-GcpAccount").MustSucceed();

        Assert.Equal(["a", "default"], Names());
        Assert.Equal("default", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void By_name_in_any_case()
    {
        Run("Connect-GcpAccount -Name a; Connect-GcpAccount -Name b; Disconnect-GcpAccount A").MustSucceed();

        Assert.Equal(["b", "default"], Names());
        Assert.Equal("b", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void Several_names_and_the_missing_one_does_not_stop_the_others()
    {
        Run("Connect-GcpAccount -Name a; Connect-GcpAccount -Name b").MustSucceed();

        ErrorRecord error = Run("Disconnect-GcpAccount a, nope, b").SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);

        Assert.Equal("nope", error.TargetObject);
        Assert.Equal(["default"], Names());
    }

    [Fact]
    public void Contexts_come_by_pipeline_live_and_deserialized()
    {
        Run("Connect-GcpAccount -Name a; Connect-GcpAccount -Name b; Connect-GcpAccount -Name c").MustSucceed();

        Run("Get-GcpContext a | Disconnect-GcpAccount; 'c' | Disconnect-GcpAccount").MustSucceed();
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(Run("Get-GcpContext b").Output.Single()));
        Run("$args[0] | Disconnect-GcpAccount", copy).MustSucceed();

        Assert.Equal(["default"], Names());
    }

    [Fact]
    public void By_context_parameter()
    {
        Run("Connect-GcpAccount -Name a; Connect-GcpAccount -Name b; Disconnect-GcpAccount -Context a").MustSucceed();

        Assert.Equal(["b", "default"], Names());
    }

    [Fact]
    public void All_forgets_every_context_and_every_token()
    {
        Run("Get-GceAccessToken; Connect-GcpAccount -Name a; Connect-GcpAccount -Name own -SessionScope Runspace").MustSucceed();
        int before = TokenRequests;

        Run("Disconnect-GcpAccount -All").MustSucceed();
        Assert.Equal(["default"], Names());

        Run("Get-GceAccessToken").MustSucceed();
        Assert.Equal(before + 1, TokenRequests);
    }

    [Fact]
    public void All_forgets_what_a_runspaces_own_context_hid()
    {
        Run("Connect-GcpAccount -Name same -SkipValidation; Connect-GcpAccount -Name same -SessionScope Runspace -SkipValidation").MustSucceed();

        Run("Disconnect-GcpAccount -All").MustSucceed();

        Assert.Equal(["default"], Names());
    }

    [Fact]
    public void The_context_named_default_is_in_use_again_when_another_goes()
    {
        Run("Connect-GcpAccount -Project my-project; Connect-GcpAccount -Name b; Disconnect-GcpAccount b").MustSucceed();

        Assert.Equal("my-project", Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void A_disconnected_identitys_token_is_fetched_anew()
    {
        Run("Connect-GcpAccount -Name a; Disconnect-GcpAccount a; Get-GceAccessToken").MustSucceed();

        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void The_default_search_can_be_disconnected_and_starts_again()
    {
        Run("Get-GceAccessToken; Disconnect-GcpAccount; Get-GceAccessToken").MustSucceed();

        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void Nothing_is_asked_of_anybody()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Disconnect-GcpAccount a; Disconnect-GcpAccount -All").MustSucceed();

        Assert.Empty(Cloud.Requests.All);
    }

    private IEnumerable<string> Names() => Run("Get-GcpContext -ListAvailable").MustSucceed().Strings().Order(StringComparer.Ordinal);
}
