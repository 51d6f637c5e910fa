using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

public sealed class GuestAttributeTests : CloudTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Cloud.State.Machine.GuestAttributesEnabled = true;
    }

    [Theory]
    [InlineData("done")]
    [InlineData("Zoë & co. = 100 %\nsecond line")]
    [InlineData("")]
    public void What_was_written_is_read_back(string value)
    {
        RunResult result = Run("Set-GceGuestAttribute -Namespace setup -Key state -Value $args[0]", value).MustSucceed();

        Assert.Empty(result.Output);
        Assert.Equal(value, Cloud.State.Machine.GuestAttributes["setup/state"]);
        Assert.Equal(value, Run("Get-GceMetadata guest-attributes/setup/state").Single<string>());
        LoggedRequest request = Cloud.Requests.All.Single(r => r.Method == "PUT");
        Assert.Equal("Google", request.Headers["Metadata-Flavor"]);
        Assert.Equal("/computeMetadata/v1/instance/guest-attributes/setup/state", request.Path);
        Assert.Equal(0, TokenRequests);
    }

    [Fact]
    public void Objects_say_it_all_and_a_value_may_be_large()
    {
        Run("[pscustomobject]@{ Namespace = 'a'; Key = 'x 1'; Value = 'y' * 200000 }, [pscustomobject]@{ Namespace = 'a'; Key = 'ü'; Value = 2 } | Set-GceGuestAttribute")
            .MustSucceed();

        Assert.Equal(200_000, Cloud.State.Machine.GuestAttributes["a/x 1"].Length);
        Assert.Equal("2", Cloud.State.Machine.GuestAttributes["a/ü"]);
    }

    [Fact]
    public void A_busy_server_is_asked_again()
    {
        Cloud.Faults.Add(new Fault { Method = "PUT", Status = 503, Times = 2 });

        Run("Set-GceGuestAttribute setup state done").MustSucceed();

        Assert.Equal(3, Cloud.Requests.Count(r => r.Method == "PUT"));
    }

    [Fact]
    public void Where_they_are_not_enabled_the_advice_says_how()
    {
        Cloud.State.Machine.GuestAttributesEnabled = false;

        foreach (string script in (string[])["Set-GceGuestAttribute setup state done", "Get-GceMetadata guest-attributes/setup/state"])
        {
            ErrorRecord error = Run(script).SingleError("GuestAttributesDisabled", ErrorCategory.PermissionDenied);
            Assert.Contains("enable-guest-attributes=TRUE", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Equal(403, PSObject.AsPSObject(error.Exception).Properties["StatusCode"].Value);
        }
    }

    [Theory]
    [InlineData("a/b", "x")]
    [InlineData("..", "x")]
    [InlineData("a", ".")]
    [InlineData("a", "x?y")]
    [InlineData("a", "%2e%2e")]
    [InlineData("a", " x")]
    [InlineData("a\\b", "x")]
    public void A_name_that_leads_elsewhere_is_refused(string guestNamespace, string key)
    {
        Run("Set-GceGuestAttribute $args[0] $args[1] value", guestNamespace, key).SingleError("GuestAttributeNameInvalid", ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_value_that_is_too_large_is_not_sent()
    {
        Run("Set-GceGuestAttribute a b ('x' * 300000)").SingleError("GuestAttributeTooLarge", ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using Listener target = new();
        Cloud.Faults.Add(new Fault { Method = "PUT", Status = 302, Headers = new Dictionary<string, string> { ["Location"] = target.Address.AbsoluteUri } });

        Run("Set-GceGuestAttribute a b c").SingleError("RedirectRefused", ErrorCategory.SecurityError);

        Assert.Empty(target.Requests);
    }

    [Fact]
    public void What_if_writes_nothing()
    {
        Run("Set-GceGuestAttribute a b c -WhatIf").MustSucceed();

        Assert.Equal(0, Cloud.Requests.Count());
    }
}
