using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GcpContext and Select-GcpContext.</summary>
public sealed class ContextTests : CloudTest
{
    [Fact]
    public void The_default_search_shows_the_vm()
    {
        RunResult result = Run("Get-GcpContext").MustSucceed();

        Assert.Equal("default", result.Property("Name"));
        Assert.Equal(Account, result.Property("Account"));
        Assert.Equal("MetadataServer", result.Property("CredentialType"));
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("metadata server", result.Property("ProjectSource"));
        Assert.Equal("europe-west1-b", result.Property("Zone"));
        Assert.Equal("metadata server", result.Property("ZoneSource"));
        Assert.Equal("europe-west1", result.Property("Region"));
        Assert.Equal("zone europe-west1-b", result.Property("RegionSource"));
        Assert.Null(result.Property("QuotaProject"));
        Assert.Null(result.Property("QuotaProjectSource"));
        Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], (IEnumerable<string>)result.Property("Scopes")!);
        Assert.Equal("googleapis.com", result.Property("UniverseDomain"));
        Assert.Null(result.Property("TokenExpiresAt"));
        Assert.Equal(true, result.Property("IsDefault"));
        Assert.Equal(0, TokenRequests);
    }

    [Fact]
    public void A_cached_token_shows_its_end()
    {
        Run("Get-GceAccessToken").MustSucceed();

        DateTime end = (DateTime)Run("Get-GcpContext").Property("TokenExpiresAt")!;

        Assert.Equal(DateTimeKind.Local, end.Kind);
        Assert.InRange(end, DateTime.Now.AddMinutes(50), DateTime.Now.AddMinutes(61));
    }

    [Fact]
    public void Endpoints_that_are_not_googles_are_shown()
    {
        RunResult result = Run("$e = (Get-GcpContext).Endpoints; $e['storage']; $e['compute']; $e['iamcredentials']").MustSucceed();

        Assert.Equal(
            [Cloud.ApiAddress + "storage/v1/", Cloud.ApiAddress + "compute/v1/", Cloud.ApiAddress + "v1/"], result.Strings());
    }

    [Fact]
    public void Every_source_is_named()
    {
        Environment.Set("GOOGLE_CLOUD_PROJECT", "variable-project");
        Environment.Set("CLOUDSDK_COMPUTE_ZONE", "us-central1-a");
        Environment.Set("CLOUDSDK_COMPUTE_REGION", "us-east1");
        Environment.Set("GOOGLE_CLOUD_QUOTA_PROJECT", "variable-quota");

        RunResult result = Run("Get-GcpContext").MustSucceed();

        Assert.Equal("GOOGLE_CLOUD_PROJECT", result.Property("ProjectSource"));
        Assert.Equal("us-central1-a", result.Property("Zone"));
        Assert.Equal("CLOUDSDK_COMPUTE_ZONE", result.Property("ZoneSource"));
        Assert.Equal("us-east1", result.Property("Region"));
        Assert.Equal("CLOUDSDK_COMPUTE_REGION", result.Property("RegionSource"));
        Assert.Equal("variable-quota", result.Property("QuotaProject"));
        Assert.Equal("GOOGLE_CLOUD_QUOTA_PROJECT", result.Property("QuotaProjectSource"));
    }

    [Fact]
    public void Gclouds_active_configuration_is_read()
    {
        Environment.WriteFile("active_config", "work\n");
        Environment.WriteFile("configurations/config_default", "[core]\nproject = wrong-project\n");
        string path = Environment.WriteFile(
            "configurations/config_work",
            "[core]\naccount = me@example.com\nproject = gcloud-project\n[compute]\nzone = us-west1-a\nregion = us-west1\n[billing]\nquota_project = gcloud-quota\n");

        RunResult result = Run("Get-GcpContext").MustSucceed();

        Assert.Equal("gcloud-project", result.Property("Project"));
        Assert.Equal(path, result.Property("ProjectSource"));
        Assert.Equal("us-west1-a", result.Property("Zone"));
        Assert.Equal("us-west1", result.Property("Region"));
        Assert.Equal("gcloud-quota", result.Property("QuotaProject"));
    }

    [Fact]
    public void The_variable_chooses_gclouds_configuration()
    {
        Environment.WriteFile("active_config", "work\n");
        Environment.WriteFile("configurations/config_other", "[core]\nproject = other-project\n");
        Environment.Set("CLOUDSDK_ACTIVE_CONFIG_NAME", "other");

        Assert.Equal("other-project", Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void List_available_asks_nobody()
    {
        Run("Connect-GcpAccount -Name vm -SkipValidation; Connect-GcpAccount -Name file -CredentialPath $args[0] -SkipValidation", KeyFile())
            .MustSucceed();

        RunResult result = Run("Get-GcpContext -ListAvailable").MustSucceed();

        Assert.Equal(["default", "file", "vm"], result.Strings().Order(StringComparer.Ordinal));
        Assert.Equal("robot@demo-project.iam.gserviceaccount.com", result.Output.Single(o => o.ToString() == "file").Properties["Account"].Value);
        Assert.Equal(true, result.Output.Single(o => o.ToString() == "file").Properties["IsDefault"].Value);
        Assert.Equal(false, result.Output.Single(o => o.ToString() == "vm").Properties["IsDefault"].Value);
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void One_broken_context_does_not_hide_the_others_of_a_list()
    {
        string file = KeyFile();
        Run("Connect-GcpAccount -Name file -CredentialPath $args[0] -SkipValidation; Connect-GcpAccount -Name vm -SkipValidation", file).MustSucceed();
        File.Delete(file);

        RunResult result = Run("Get-GcpContext -ListAvailable");

        ErrorRecord error = result.SingleError("CredentialFileNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("file", error.TargetObject);
        Assert.Equal(["default", "vm"], result.Strings().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_come_by_position_and_by_pipeline()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Connect-GcpAccount -Name b -SkipValidation").MustSucceed();

        Assert.Equal(["a", "b"], Run("Get-GcpContext a, b").MustSucceed().Strings());
        Assert.Equal(["b", "a"], Run("'b', 'a' | Get-GcpContext").MustSucceed().Strings());
        Assert.Equal(["a"], Run("Get-GcpContext a | Get-GcpContext").MustSucceed().Strings());
    }

    [Fact]
    public void A_missing_name_is_an_error_and_the_others_are_shown()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation").MustSucceed();

        RunResult result = Run("Get-GcpContext nope, a");

        Assert.Equal("nope", result.SingleError("ContextNotFound", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.Equal(["a"], result.Strings());
    }

    [Fact]
    public void No_credential_at_all_is_a_context_with_a_warning()
    {
        Environment.Set("NO_GCE_CHECK", "true");

        RunResult result = Run("Get-GcpContext").MustSucceed();

        Assert.Null(result.Property("Account"));
        Assert.Null(result.Property("CredentialType"));
        Assert.Contains("No Google Cloud credential was found", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Selecting_makes_a_context_the_one_in_use()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Connect-GcpAccount -Name b -SkipValidation").MustSucceed();

        Assert.Empty(Run("Select-GcpContext A").MustSucceed().Output);
        Assert.Equal("a", Run("Get-GcpContext").Property("Name"));
        Assert.Equal("b", Run("Get-GcpContext b | Select-GcpContext -PassThru").Property("Name"));
        Assert.Equal("b", Run("Get-GcpContext").Property("Name"));
        Assert.Equal("a", Run("'a' | Select-GcpContext -PassThru").Property("Name"));
    }

    [Fact]
    public void A_deserialized_context_can_be_selected()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Connect-GcpAccount -Name b -SkipValidation").MustSucceed();
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(Run("Get-GcpContext a").Output.Single()));

        Run("$args[0] | Select-GcpContext", copy).MustSucceed();

        Assert.Equal("a", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void Selecting_asks_nobody()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Select-GcpContext default -PassThru; Select-GcpContext a -PassThru").MustSucceed();

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void The_default_search_can_be_selected_again()
    {
        Run("Connect-GcpAccount -Name a -Project a-project -SkipValidation; Select-GcpContext default").MustSucceed();

        Assert.Equal("default", Run("Get-GcpContext").Property("Name"));
    }

    [Fact]
    public void A_missing_name_cannot_be_selected()
    {
        ErrorRecord error = Run("Select-GcpContext nope").SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);

        Assert.Equal("nope", error.TargetObject);
    }

    [Fact]
    public void An_object_of_another_type_is_refused_by_name()
    {
        RunResult result = Run("Get-GceInstance demo-vm | Select-GcpContext");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains("GceInstance", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("GcpContext", error.ToString(), StringComparison.Ordinal);
        Assert.Single(Requests(EmulatedService.Compute));
    }
}
