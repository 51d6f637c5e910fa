using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>Where a token may go: to Google, to what the user names, to an emulator only from an emulator.</summary>
public sealed class EndpointTests : FailureTest
{
    public static TheoryData<string, string, string> ForeignHosts()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string host in new[]
        {
            "https://storage.example.com", "https://storage.googleapis.com.example.com/", "https://googleapis.com.example.com/",
            "http://storage.googleapis.com/", "https://storage.googleapis.com:8443/", "https://evilgoogleapis.com/", "https://10.1.2.3/",
        })
        {
            rows.Add("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", host, "Get-GcsBucket demo-bucket");
            rows.Add("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", host, "Get-GceInstance demo-vm -Zone europe-west1-b -Project demo-project");
        }

        foreach (string host in new[] { "https://cloudresourcemanager.example.com/", "https://googleapis.com.example.com/", "http://cloudresourcemanager.googleapis.com/" })
        {
            rows.Add("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER", host, "Get-GcpProject demo-project");
        }

        rows.Add("STORAGE_EMULATOR_HOST", "https://storage.example.com", "Get-GcsBucket demo-bucket");
        rows.Add("STORAGE_EMULATOR_HOST", "storage.example.com:4443", "Get-GcsBucket demo-bucket");
        rows.Add("STORAGE_EMULATOR_HOST", "https://storage.googleapis.com", "Get-GcsBucket demo-bucket");
        return rows;
    }

    [Theory]
    [MemberData(nameof(ForeignHosts))]
    public void A_variable_that_names_a_foreign_host_is_refused_by_name(string variable, string host, string command)
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set(variable, host);

        RunResult result = Run(command);

        ErrorRecord error = result.SingleError("EndpointRefused", ErrorCategory.SecurityError);
        Assert.Contains(variable, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(command.Split(' ')[1], error.TargetObject);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        Assert.Empty(Cloud.Requests.All);
        Environment.Set(variable, null);
        MetadataStillWorks();
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://user:hunter2@storage.googleapis.com/")]
    [InlineData("http://127.0.0.1/?key=1")]
    public void A_variable_that_holds_no_address_is_refused_by_name(string value)
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", value);

        RunResult result = Run("Get-GcsBucket demo-bucket");

        ErrorRecord error = result.SingleError("EndpointInvalid", ErrorCategory.InvalidArgument);
        Assert.Contains("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.AllText(), StringComparison.Ordinal);
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", Cloud.Environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"]);
        StillWorks();
    }

    [Theory]
    [InlineData("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "Get-GcsBucket demo-bucket")]
    [InlineData("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "Get-GceInstance demo-vm -Zone europe-west1-b -Project demo-project")]
    public void A_real_token_does_not_go_to_this_machine_because_a_variable_says_so(string variable, string command)
    {
        using Listener stranger = new();
        Environment.Set(variable, stranger.Address.AbsoluteUri);
        Run("Connect-GcpAccount -AccessToken $args[0]", Secret("ya29.real")).MustSucceed();

        ErrorRecord error = Run(command).SingleError("TokenForEmulatorRefused", ErrorCategory.SecurityError);

        Assert.Contains(variable, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(stranger.Requests);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void What_the_user_names_gets_the_token()
    {
        using Listener named = new();
        Run("Connect-GcpAccount -AccessToken $args[0] -Project demo-project -Endpoint @{ storage = $args[1] }", Secret("ya29.real"), named.Address.AbsoluteUri)
            .MustSucceed();

        Run("Get-GcsBucket").MustSucceed();

        Assert.Contains("Authorization: Bearer ya29.real", Assert.Single(named.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_names_goes_before_the_variable()
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "https://storage.example.com/");

        Run("$null = Connect-GcpAccount -Endpoint @{ storage = $args[0] }; Get-GcsBucket", Cloud.ApiAddress.AbsoluteUri).MustSucceed();

        Assert.Single(Requests(EmulatedService.Storage));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_storage_emulators_variable_sends_no_token(bool withScheme)
    {
        Cloud.State.AllowAnonymousStorage = true;
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set("STORAGE_EMULATOR_HOST", withScheme ? Cloud.ApiAddress.AbsoluteUri : Cloud.ApiAddress.Authority);

        Assert.Equal(3, Run("Get-GcsBucket -Project demo-project").MustSucceed().Output.Count);

        LoggedRequest request = Assert.Single(Cloud.Requests.All);
        Assert.False(request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public void The_storage_emulator_needs_no_credential_at_all()
    {
        Cloud.State.AllowAnonymousStorage = true;
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set("STORAGE_EMULATOR_HOST", Cloud.ApiAddress.Authority);
        Environment.Set("NO_GCE_CHECK", "true");
        Environment.Set("GOOGLE_CLOUD_PROJECT", "demo-project");

        Assert.Equal(3, Run("Get-GcsBucket").MustSucceed().Output.Count);
        Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();
        Assert.Empty(Requests(EmulatedService.Metadata));
    }

    [Fact]
    public void A_metadata_servers_foreign_universe_is_where_its_token_goes_and_nowhere_else()
    {
        Cloud.State.Machine.UniverseDomain = "universe.example.com";
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "https://storage.googleapis.com/");

        ErrorRecord error = Run("Get-GcsBucket demo-bucket").SingleError("EndpointRefused", ErrorCategory.SecurityError);

        Assert.Contains("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_universe_that_only_a_variable_names_is_not_the_credentials()
    {
        Environment.Set("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", null);
        Environment.Set("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "universe.example.com");

        ErrorRecord error = Run("Get-GcsBucket demo-bucket").SingleError("UniverseMismatch", ErrorCategory.SecurityError);

        Assert.Contains("universe.example.com", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("googleapis.com", error.Exception.Message, StringComparison.Ordinal);
    }
}
