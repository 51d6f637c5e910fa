using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Set-GcpContext, and the order in which settings win.</summary>
public sealed class SetContextTests : CloudTest
{
    [Fact]
    public void Settings_change_and_the_identity_stays()
    {
        Run("Connect-GcpAccount -Name a -Project old-project; Get-GceAccessToken").MustSucceed();
        Cloud.Requests.Clear();

        RunResult result = Run("Set-GcpContext -Project new-project -Zone us-west1-a -Region us-west1 -QuotaProject new-quota -PassThru")
            .MustSucceed();
        Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal("a", result.Property("Name"));
        Assert.Equal("new-project", result.Property("Project"));
        Assert.Equal("us-west1-a", result.Property("Zone"));
        Assert.Equal("us-west1", result.Property("Region"));
        Assert.Equal("new-quota", result.Property("QuotaProject"));
        Assert.Equal(true, result.Property("IsDefault"));
        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void What_is_not_named_stays()
    {
        Run("Connect-GcpAccount -Project my-project -Zone us-west1-a; Set-GcpContext -Zone us-west1-b").MustSucceed();

        RunResult result = Run("Get-GcpContext");

        Assert.Equal("my-project", result.Property("Project"));
        Assert.Equal("us-west1-b", result.Property("Zone"));
    }

    [Fact]
    public void Nothing_is_emitted_without_pass_thru()
    {
        Assert.Empty(Run("Set-GcpContext my-project").MustSucceed().Output);
        Assert.Equal("my-project", Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void An_empty_string_goes_back_to_where_it_comes_from_by_itself()
    {
        Run("Connect-GcpAccount -Project my-project -Zone us-west1-a -QuotaProject q-project -Region us-west1").MustSucceed();

        Run("Set-GcpContext -Project '' -Zone '' -QuotaProject '' -Region ''").MustSucceed();

        RunResult result = Run("Get-GcpContext");
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("europe-west1-b", result.Property("Zone"));
        Assert.Equal("europe-west1", result.Property("Region"));
        Assert.Null(result.Property("QuotaProject"));
    }

    [Fact]
    public void The_default_search_can_be_given_settings()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 2);

        Run("Set-GcpContext -Project other-project").MustSucceed();

        Assert.Equal(["other-project-bucket-0001", "other-project-bucket-0002"], Run("Get-GcsBucket").MustSucceed().Strings());
        Assert.Equal(["default"], Run("Get-GcpContext -ListAvailable").Strings());
    }

    [Fact]
    public void The_default_search_can_be_given_settings_after_it_was_selected()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Select-GcpContext default; Set-GcpContext -Zone us-west1-a").MustSucceed();
        Run("Set-GcpContext -Region us-east1").MustSucceed();

        RunResult result = Run("Get-GcpContext");
        Assert.Equal("default", result.Property("Name"));
        Assert.Equal("us-west1-a", result.Property("Zone"));
        Assert.Equal("us-east1", result.Property("Region"));
    }

    [Fact]
    public void Another_context_than_the_current_can_be_changed()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation; Connect-GcpAccount -Name b -SkipValidation").MustSucceed();

        RunResult result = Run("Set-GcpContext -Context a -Project a-project -PassThru").MustSucceed();

        Assert.Equal("a", result.Property("Name"));
        Assert.Equal(false, result.Property("IsDefault"));
        Assert.Equal("b", Run("Get-GcpContext").Property("Name"));
        Assert.Equal("a-project", Run("Get-GcpContext a").Property("Project"));
    }

    [Fact]
    public void An_older_context_object_does_not_undo_later_changes()
    {
        Run("Connect-GcpAccount -Name a -Project my-project -SkipValidation").MustSucceed();

        Run("$old = Get-GcpContext; Set-GcpContext -Zone us-west1-a; Set-GcpContext -Context $old -Region us-east1").MustSucceed();

        RunResult result = Run("Get-GcpContext");
        Assert.Equal("us-west1-a", result.Property("Zone"));
        Assert.Equal("us-east1", result.Property("Region"));
    }

    [Fact]
    public void A_removed_context_does_not_come_back()
    {
        Run("Connect-GcpAccount -Name a -SkipValidation").MustSucceed();

        Run("$old = Get-GcpContext; Disconnect-GcpAccount a; Set-GcpContext -Context $old -Region us-east1")
            .SingleError("ContextNotFound", ErrorCategory.ObjectNotFound);

        Assert.Equal(["default"], Run("Get-GcpContext -ListAvailable").Strings());
    }

    [Theory]
    [InlineData(5, "parameter-project")]
    [InlineData(4, "session-project")]
    [InlineData(3, "variable-project")]
    [InlineData(2, "gcloud-project")]
    [InlineData(1, "demo-project")]
    public void The_nearest_project_wins(int sources, string expected)
    {
        foreach (string project in new[] { "parameter-project", "session-project", "variable-project", "gcloud-project" })
        {
            Cloud.State.AddProject(project, project.Length, buckets: 1);
        }

        Environment.WriteFile("configurations/config_default", sources >= 2 ? "[core]\nproject = gcloud-project\n" : "[core]\n");
        Environment.Set("GOOGLE_CLOUD_PROJECT", sources >= 3 ? "variable-project" : null);
        Run("Connect-GcpAccount" + (sources >= 4 ? " -Project session-project" : string.Empty)).MustSucceed();

        RunResult result = Run("Get-GcsBucket" + (sources >= 5 ? " -Project parameter-project" : string.Empty)).MustSucceed();

        Assert.Equal(expected, result.Output[0].Properties["Project"].Value);
        Assert.Contains("project=" + expected + "&", Requests(EmulatedService.Storage).Single().Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT")]
    [InlineData("GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT")]
    public void Of_the_project_variables_the_first_wins(string first, string second)
    {
        Environment.Set(first, "first-project");
        Environment.Set(second, "second-project");

        Assert.Equal(first, Run("Get-GcpContext").Property("ProjectSource"));
        Environment.Set(first, null);
        Assert.Equal(second, Run("Get-GcpContext").Property("ProjectSource"));
    }

    [Fact]
    public void A_keys_own_project_goes_before_gclouds_and_after_the_variables()
    {
        Environment.WriteFile("configurations/config_default", "[core]\nproject = gcloud-project\n");
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", KeyFile(), TokenEndpoint).MustSucceed();

        Assert.Equal("demo-project", Run("Get-GcpContext").Property("Project"));
        Environment.Set("GOOGLE_CLOUD_PROJECT", "variable-project");
        Assert.Equal("variable-project", Run("Get-GcpContext").Property("Project"));
    }

    [Fact]
    public void A_quota_project_goes_with_every_api_request()
    {
        Cloud.State.AddProject("quota-project", 43);
        Run("Set-GcpContext -QuotaProject quota-project; Get-GcsBucket; Get-GceInstance; Get-GceInstance demo-vm -Zone europe-west1-b").MustSucceed();

        LoggedRequest[] api = [.. Requests(EmulatedService.Storage), .. Requests(EmulatedService.Compute)];
        Assert.Equal(3, api.Length);
        Assert.All(api, r => Assert.Equal("quota-project", r.Headers["x-goog-user-project"]));
        Assert.All(Requests(EmulatedService.Metadata), r => Assert.False(r.Headers.ContainsKey("x-goog-user-project")));
    }
}
