using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

/// <summary>Get-GcpProject, and what its objects are piped into.</summary>
public sealed class ProjectTests : CloudTest
{
    [Fact]
    public void A_project_is_typed()
    {
        Cloud.State.Projects.Put(new EmulatedProject("one", 42)
        {
            DisplayName = "Project One",
            Parent = "folders/7",
            State = "DELETE_REQUESTED",
            Labels = new Dictionary<string, string> { ["stage"] = "test" },
        });

        RunResult result = Run("Get-GcpProject one").MustSucceed();

        PSObject project = Assert.Single(result.Output);
        Assert.Equal("GcpWorkloadAuth.GcpProject", project.TypeNames[0]);
        Assert.Equal("one", project.ToString());
        Assert.Equal("one", project.Properties["ProjectId"].Value);
        Assert.Equal("Project One", project.Properties["DisplayName"].Value);
        Assert.Equal(42ul, project.Properties["Number"].Value);
        Assert.Equal("folders/7", project.Properties["Parent"].Value);
        Assert.Equal("DELETE_REQUESTED", project.Properties["State"].Value);
        Assert.Equal("test", Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>(project.Properties["Labels"].Value)["stage"]);
        foreach (string time in (string[])["CreationTime", "UpdateTime", "DeletionTime"])
        {
            Assert.Equal(DateTimeKind.Local, Assert.IsType<DateTime>(project.Properties[time].Value).Kind);
        }

        Assert.StartsWith("W/", (string)project.Properties["ETag"].Value, StringComparison.Ordinal);
        LoggedRequest request = Cloud.Requests.All.Single(r => r.Service == EmulatedService.ResourceManager);
        Assert.Equal("/v3/projects/one", request.Path);
        Assert.Contains("fields=", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_come_page_by_page()
    {
        Many(1200);

        Assert.Equal(1201, Run("Get-GcpProject").MustSucceed().Output.Count);
        Assert.Equal(3, Cloud.Requests.Count(EmulatedService.ResourceManager));
        Cloud.Requests.Clear();
        Run("do { Get-GcpProject | ForEach-Object { break } } while ($false)").MustSucceed();
        Assert.Equal(1, Cloud.Requests.Count(EmulatedService.ResourceManager));
    }

    [Fact]
    public void Wildcards_match_ids_and_display_names()
    {
        Many(3);
        Cloud.State.Projects.Put(new EmulatedProject("zebra", 42) { DisplayName = "Project 0001 of another time" });

        Assert.Equal(["project-0001", "zebra"], Run("Get-GcpProject *0001*").MustSucceed().Strings());
        Assert.Empty(Run("Get-GcpProject nothing-*").MustSucceed().Output);
    }

    [Fact]
    public void A_filter_is_the_servers()
    {
        Many(3);
        Cloud.State.Projects.Put(new EmulatedProject("zebra", 42) { Labels = new Dictionary<string, string> { ["stage"] = "test" } });

        Assert.Equal(["zebra"], Run("Get-GcpProject -Filter 'state:ACTIVE labels.stage:test'").MustSucceed().Strings());
        Assert.Equal(["zebra", "zebra"], Run("Get-GcpProject 42, zeb* -Filter 'labels.stage:test'").MustSucceed().Strings());
        Run("Get-GcpProject project-0001 -Filter labels.stage:test").SingleError("ProjectNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void A_project_that_is_not_there_is_named_and_the_others_come()
    {
        RunResult result = Run("Get-GcpProject -Name not-there, demo-project, 'Bad Name'");

        Assert.Equal(["demo-project"], result.Strings());
        Assert.Equal(["ProjectNotFound", "ProjectInvalid"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["not-there", "Bad Name"], result.Errors.Select(e => e.TargetObject));
    }

    [Fact]
    public void A_disabled_api_is_not_taken_for_a_missing_project()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/v3/*", Status = 403, Body = GoogleErrors.ServiceDisabled("cloudresourcemanager.googleapis.com", "Cloud Resource Manager API") });

        Run("Get-GcpProject demo-project").SingleError("ApiDisabled", ErrorCategory.PermissionDenied);
    }

    [Theory]
    [InlineData("Get-GcpProject two | Get-GcsBucket")]
    [InlineData("Get-GcsBucket -Project (Get-GcpProject two)")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-GcpProject two))) | Get-GcsBucket")]
    [InlineData("Get-GcsBucket -Project ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-GcpProject two))))")]
    public void Projects_go_into_Get_GcsBucket(string script)
    {
        Cloud.State.AddProject("two", 2, buckets: 2);

        Assert.Equal(["two-bucket-0001", "two-bucket-0002"], Run(script).MustSucceed().Strings());
    }

    [Theory]
    [InlineData("Get-GcpProject two | Get-GceInstance")]
    [InlineData("Get-GceInstance -Project (Get-GcpProject two)")]
    [InlineData("Get-GcpProject two | Get-GceInstance -Name *-*")]
    public void Projects_go_into_Get_GceInstance(string script)
    {
        Cloud.State.AddProject("two", 2, instances: 3);

        RunResult result = Run(script).MustSucceed();

        Assert.Equal(3, result.Output.Count);
        Assert.All(result.Output, o => Assert.Equal("two", o.Properties["Project"].Value));
    }

    [Fact]
    public void Projects_go_into_Get_GcpProject()
    {
        Assert.Equal(["demo-project"], Run("Get-GcpProject | Get-GcpProject").MustSucceed().Strings());
    }

    [Fact]
    public void An_object_of_another_type_is_refused_by_name()
    {
        RunResult result = Run("Get-GceInstance -Current | Get-GcpProject; Get-GcsBucket -Project (Get-GceInstance -Current); Get-GcsBucket -Name (Get-GcpProject)");

        Assert.Equal(3, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Contains("is expected", e.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_context_names_where_it_is()
    {
        RunResult result = Run("(Get-GcpContext).Endpoints['cloudresourcemanager']").MustSucceed();

        Assert.Equal(new Uri(Cloud.ApiAddress, "/v3/").AbsoluteUri, result.Single<string>());
    }

    private void Many(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            Cloud.State.Projects.Add(FormattableString.Invariant($"project-{i:0000}"), 1000 + i);
        }
    }
}
