using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>What changes outside, in the environment and on disk, counts from the next cmdlet on.</summary>
public sealed class SettingsChangeTests : CloudTest
{
    [Fact]
    public void A_changed_variable_counts_from_the_next_cmdlet_on()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 1);
        Assert.Equal(3, Run("Get-GcsBucket").MustSucceed().Output.Count);

        Run("[Environment]::SetEnvironmentVariable('GOOGLE_CLOUD_PROJECT', 'other-project')").MustSucceed();

        Assert.Equal(["other-project-bucket-0001"], Run("Get-GcsBucket").MustSucceed().Strings());
    }

    [Fact]
    public void A_variable_changed_between_two_cmdlets_of_a_script_counts()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 1);

        RunResult result = Run("(Get-GcsBucket).Count; $env:GOOGLE_CLOUD_PROJECT = 'other-project'; (Get-GcsBucket).Name").MustSucceed();

        Assert.Equal(["3", "other-project-bucket-0001"], result.Strings());
    }

    [Fact]
    public void A_changed_credential_file_counts_from_the_next_cmdlet_on()
    {
        string file = KeyFile("first@demo-project.iam.gserviceaccount.com");
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", file, TokenEndpoint).MustSucceed();

        File.WriteAllText(file, Cloud.State.CreateServiceAccountKey("second-account@demo-project.iam.gserviceaccount.com"));
        RunResult token = Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal("second-account@demo-project.iam.gserviceaccount.com", token.Property("Account"));
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void A_credential_file_of_the_same_size_counts_too()
    {
        string file = KeyFile("first@demo-project.iam.gserviceaccount.com");
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", file, TokenEndpoint).MustSucceed();
        string first = File.ReadAllText(file);
        string second = first;
        while (second == first || second.Length != first.Length)
        {
            second = Cloud.State.CreateServiceAccountKey("other@demo-project.iam.gserviceaccount.com");
        }

        File.WriteAllText(file, second);

        Assert.Equal("other@demo-project.iam.gserviceaccount.com", Run("Get-GceAccessToken").MustSucceed().Property("Account"));
    }

    [Fact]
    public void A_credential_file_that_goes_is_an_error()
    {
        string file = KeyFile();
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", file, TokenEndpoint).MustSucceed();

        File.Delete(file);

        Run("Get-GceAccessToken").SingleError("CredentialFileNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void Gclouds_credential_file_that_comes_is_used()
    {
        Assert.Equal("MetadataServer", Run("Get-GcpContext").Property("CredentialType"));

        Environment.WriteFile("application_default_credentials.json", Cloud.State.CreateAuthorizedUser());

        Assert.Equal("authorized_user", Run("Get-GcpContext").Property("CredentialType"));
    }

    [Fact]
    public void Gclouds_credential_file_that_goes_gives_way_to_the_metadata_server()
    {
        string path = Environment.WriteFile("application_default_credentials.json", Cloud.State.CreateAuthorizedUser());
        Assert.Equal("authorized_user", Run("Get-GcpContext").Property("CredentialType"));

        File.Delete(path);

        Assert.Equal("MetadataServer", Run("Get-GcpContext").Property("CredentialType"));
    }

    [Fact]
    public void Gclouds_changed_configuration_counts_from_the_next_cmdlet_on()
    {
        Environment.WriteFile("configurations/config_default", "[core]\nproject = first-project\n");
        Assert.Equal("first-project", Run("Get-GcpContext").Property("Project"));

        Environment.WriteFile("configurations/config_default", "[core]\nproject = second-project\n");

        Assert.Equal("second-project", Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void Another_metadata_server_means_another_token()
    {
        using Listener other = new("""{"access_token":"ya29.other","expires_in":3599,"token_type":"Bearer"}""");
        Run("Get-GceAccessToken").MustSucceed();

        Environment.Set("GCE_METADATA_HOST", other.Address.Authority);

        Assert.Equal("ya29.other", Run("Get-GceAccessToken -AsPlainText").MustSucceed().Single<string>());
    }

    [Fact]
    public void No_gce_check_keeps_the_default_search_from_the_metadata_server()
    {
        Environment.Set("NO_GCE_CHECK", "true");

        ErrorRecord error = Run("Get-GceAccessToken").SingleError("NoCredentials", ErrorCategory.AuthenticationError);

        Assert.Contains("NO_GCE_CHECK", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void No_gce_check_does_not_forbid_what_is_asked_for_by_name()
    {
        Environment.Set("NO_GCE_CHECK", "true");

        Run("Get-GceMetadata instance/name; Connect-GcpAccount -MetadataServer").MustSucceed();
    }

    [Theory]
    [InlineData("false")]
    [InlineData("")]
    public void No_gce_check_says_true_or_nothing(string value)
    {
        Environment.Set("NO_GCE_CHECK", value);

        Run("Get-GceAccessToken").MustSucceed();
    }

    [Fact]
    public void Empty_variables_count_as_not_set()
    {
        Environment.Set("GOOGLE_APPLICATION_CREDENTIALS", " ");
        Environment.Set("GOOGLE_CLOUD_PROJECT", string.Empty);

        Assert.Equal(3, Run("Get-GcsBucket").MustSucceed().Output.Count);
    }

    [Fact]
    public void A_default_zone_never_narrows_a_list()
    {
        Environment.Set("CLOUDSDK_COMPUTE_ZONE", "us-central1-a");
        Run("Set-GcpContext -Zone us-central1-a").MustSucceed();

        Assert.Equal(5, Run("Get-GceInstance").MustSucceed().Output.Count);
        Assert.Single(Requests(EmulatedService.Compute), r => r.Path.EndsWith("/aggregated/instances", StringComparison.Ordinal));
    }
}
