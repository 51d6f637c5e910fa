using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Secrets;

/// <summary>Where secrets travel, and where they do not.</summary>
public sealed class WireTests : CloudTest
{
    [Fact]
    public void The_metadata_server_is_never_shown_a_token()
    {
        Run(
            """
            Connect-GcpAccount; Get-GcsBucket; Get-GceInstance -Current; Get-GceMetadata; Get-GceServiceAccount; Get-GcpContext
            Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }; Get-GceMetadata instance/name; Get-GceInstance -Current
            Connect-GcpAccount -AccessToken $args[2] -Name given -Endpoint @{ compute = $args[3] } -Project demo-project; Get-GceMetadata instance/name
            """,
            KeyFile(), TokenEndpoint, Secret("ya29.given"), Cloud.ApiAddress.AbsoluteUri).MustSucceed();

        IReadOnlyList<LoggedRequest> requests = Requests(EmulatedService.Metadata);
        Assert.NotEmpty(requests);
        Assert.All(requests, r =>
        {
            Assert.False(r.Headers.ContainsKey("Authorization"), r.ToString());
            Assert.False(r.Headers.ContainsKey("Cookie"), r.ToString());
            Assert.Equal("Google", r.Headers["Metadata-Flavor"]);
            Assert.DoesNotContain("ya29", r.Query + r.Body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_address_holds_a_token()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }; Get-GcsBucket; Get-GceInstance; Get-GceInstance demo-vm -Zone europe-west1-b",
            KeyFile(), TokenEndpoint).MustSucceed();

        Assert.All(Cloud.Requests.All, r => Assert.DoesNotContain("ya29", r.Path + r.Query, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_request_says_who_asks()
    {
        Run("Get-GcsBucket; Get-GceInstance; Get-GceMetadata instance/name; Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }",
            KeyFile(), TokenEndpoint).MustSucceed();

        Assert.All(Cloud.Requests.All, r => Assert.StartsWith("GcpWorkloadAuth/", r.Headers["User-Agent"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-GcsBucket demo-bucket")]
    [InlineData("Get-GceInstance demo-vm -Zone europe-west1-b -Project demo-project")]
    public void A_real_credentials_token_is_not_even_asked_for_on_behalf_of_an_emulator(string command)
    {
        Run("Connect-GcpAccount $args[0] -SkipValidation", KeyFile()).MustSucceed();

        RunResult result = Run(command);

        result.SingleError("TokenForEmulatorRefused", ErrorCategory.SecurityError);
        Assert.Empty(Cloud.Requests.All);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_real_vms_token_does_not_go_to_an_emulator()
    {
        foreach (string variable in new[] { "GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT" })
        {
            Environment.Set(variable, null);
        }

        Run("Get-GcsBucket demo-bucket").SingleError("TokenForEmulatorRefused", ErrorCategory.SecurityError);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void A_real_credential_goes_to_no_storage_emulator()
    {
        using Listener emulator = new();
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set("STORAGE_EMULATOR_HOST", emulator.Address.Authority);

        Run("Connect-GcpAccount -AccessToken $args[0] -Project demo-project; Get-GcsBucket", Secret("ya29.real")).MustSucceed();

        string request = Assert.Single(emulator.Requests);
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ya29", request, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refresh_token_goes_to_the_token_endpoint_alone()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Project demo-project; Get-GcsBucket; Get-GceInstance", UserFile(), TokenEndpoint)
            .MustSucceed();
        string refresh = Cloud.State.Users.All.Single().RefreshToken;

        Assert.All(
            Cloud.Requests.All.Where(r => r.Service != EmulatedService.Token),
            r => Assert.DoesNotContain(refresh, r.Query + r.Body + string.Concat(r.Headers.Values), StringComparison.Ordinal));
        Assert.Equal(EmulatedService.Token, Cloud.Requests.All.Single(r => r.Body.Contains(Uri.EscapeDataString(refresh), StringComparison.Ordinal)).Service);
    }
}
