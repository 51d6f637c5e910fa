using System.Collections.Immutable;
using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>Set-GceProjectMetadata.</summary>
public sealed class ProjectMetadataChangeTests : ChangeTest
{
    [Fact]
    public void What_is_not_named_stays_and_what_is_so_is_not_sent()
    {
        Set("one", "1");
        Set("two", "2");

        RunResult result = Run("Set-GceProjectMetadata -Add @{ three = 3 } -Remove one, nothing -PassThru").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceProjectMetadata", result.Output[0].TypeNames[0]);
        Assert.Equal("3", Now()["three"]);
        Assert.Equal("2", Now()["two"]);
        Assert.DoesNotContain("one", Now().Keys);
        Run("Set-GceProjectMetadata demo-project -Add @{ three = 3 }").MustSucceed();
        Assert.Single(Changes());
    }

    [Fact]
    public void Value_replaces_everything()
    {
        Set("one", "1");

        Run("Set-GceProjectMetadata -Value @{ only = 'this' }").MustSucceed();

        Assert.Equal("only", Assert.Single(Now()).Key);
    }

    [Fact]
    public void A_change_in_between_is_read_again_and_is_a_new_change()
    {
        int touched = 0;
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "setCommonInstanceMetadata", Times = 2, Before = () => Set("theirs", $"{touched++}") });

        Run("Set-GceProjectMetadata -Add @{ mine = 'yes' }").MustSucceed();

        Assert.Equal(("yes", "1"), (Now()["mine"], Now()["theirs"]));
        Assert.Equal(3, Changes().Select(c => c.Query.Split("requestId=")[1][..36]).Distinct().Count());
    }

    [Fact]
    public void Five_conflicts_are_enough()
    {
        int touched = 0;
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "setCommonInstanceMetadata", Before = () => Set("theirs", $"{touched++}") });

        Run("Set-GceProjectMetadata -Add @{ mine = 'yes' }").SingleError("FingerprintConflict", ErrorCategory.ResourceExists);

        Assert.Equal(5, Changes().Count);
    }

    [Theory]
    [InlineData("Get-GcpProject | Set-GceProjectMetadata -Add @{ mine = 'yes' }")]
    [InlineData("Get-GceProjectMetadata -Project demo-project, other-project | Set-GceProjectMetadata -Add @{ mine = 'yes' }")]
    [InlineData("Set-GceProjectMetadata demo-project, other-project -Add @{ mine = 'yes' }")]
    public void Several_projects_are_changed(string script)
    {
        Cloud.State.AddProject("other-project", 42);

        Run(script).MustSucceed();

        Assert.Equal("yes", Now()["mine"]);
        Assert.Equal("yes", Cloud.State.Compute.ProjectMetadataOf("other-project")["mine"]);
    }

    [Fact]
    public void WhatIf_changes_nothing_and_failures_name_their_project()
    {
        Run("Set-GceProjectMetadata -Value @{} -WhatIf").MustSucceed();
        Assert.Empty(Changes());

        ErrorRecord error = Run("Set-GceProjectMetadata demo-project, no-such-project -Add @{ mine = 'yes' }").SingleError("ProjectNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("no-such-project", error.TargetObject);
        Assert.Equal("yes", Now()["mine"]);
    }

    private ImmutableSortedDictionary<string, string> Now() => Cloud.State.Compute.ProjectMetadataOf(Cloud.State.Project.Id);

    private void Set(string name, string value) =>
        Cloud.State.Compute.SetProjectMetadata(Cloud.State.Project.Id, Cloud.State.Compute.ProjectMetadataOf(Cloud.State.Project.Id).SetItem(name, value));
}
