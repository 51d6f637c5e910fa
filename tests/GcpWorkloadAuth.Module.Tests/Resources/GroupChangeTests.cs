using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>Resize-GceInstanceGroup, Reset-GceInstanceGroupMember.</summary>
public sealed class GroupChangeTests : ChangeTest
{
    [Theory]
    [InlineData(PlaceB)]
    [InlineData("regions/europe-west1")]
    public void A_group_is_resized_by_name_or_as_an_object(string scope)
    {
        EmulatedResource group = Cloud.State.Compute.Groups.Add(scope, "web", 2);

        RunResult result = Run("Resize-GceInstanceGroup web 4 -PassThru").MustSucceed();
        Assert.Equal(4, result.Property("TargetSize"));
        Assert.Equal(4, Cloud.State.Compute.Groups.MembersOf(group).Count);

        Run("$args[0] | Resize-GceInstanceGroup -Size 1", Copy(result.Output[0])).MustSucceed();
        Assert.Single(Cloud.State.Compute.Groups.MembersOf(group));
        Assert.All(Changes(), c => Assert.Contains("requestId=", c.Query, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_in_several_places_is_refused_and_an_own_project_wins()
    {
        Cloud.State.AddProject("other-project", 42);
        Cloud.State.Compute.Groups.Add(PlaceB, "web", 1);
        Cloud.State.Compute.Groups.Add("regions/us-central1", "web", 1);
        Cloud.State.Compute.Groups.Add(PlaceB, "web", 1, project: "other-project");

        Run("Resize-GceInstanceGroup web 2").SingleError("AmbiguousName", ErrorCategory.InvalidArgument);
        Run("Resize-GceInstanceGroup nothing 2").SingleError("GceResourceNotFound", ErrorCategory.ObjectNotFound);
        Assert.Empty(Changes());

        Run("Get-GceInstanceGroup web -Project other-project | Resize-GceInstanceGroup -Size 2 -Project demo-project -Region us-central1").MustSucceed();
        Assert.Contains("/projects/other-project/zones/europe-west1-b/", Changes().Single().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlaceB)]
    [InlineData("regions/europe-west1")]
    public void Members_are_made_anew_in_one_request_a_group(string scope)
    {
        EmulatedResource group = Cloud.State.Compute.Groups.Add(scope, "web", 3);
        Cloud.State.Compute.Groups.Add(scope, "db", 1);
        ulong[] before = [.. Cloud.State.Compute.Groups.MembersOf(group).Select(m => m.Id)];

        RunResult result = Run("Get-GceInstanceGroup -Member | Reset-GceInstanceGroupMember -Force -PassThru").MustSucceed();

        Assert.Equal([1, 3], Recreations().Select(c => JsonNode.Parse(c.Body!)!["instances"]!.AsArray().Count).Order());
        Assert.Equal(4, result.Output.Count);
        Assert.Equal(3, result.Output.Count(o => (string)o.Properties["Group"].Value == "web"));
        Assert.Empty(before.Intersect(Cloud.State.Compute.Groups.MembersOf(group).Select(m => m.Id)));
    }

    [Fact]
    public void Names_need_their_group_and_copies_bring_it()
    {
        EmulatedResource group = Cloud.State.Compute.Groups.Add(PlaceB, "web", 2);
        string name = Cloud.State.Compute.Groups.MembersOf(group)[0].Name;

        Run($"Reset-GceInstanceGroupMember {name} -Force").SingleError("GroupUnknown", ErrorCategory.InvalidArgument);
        Run($"Reset-GceInstanceGroupMember {name} -Group nothing -Force").SingleError("GceResourceNotFound", ErrorCategory.ObjectNotFound);
        Run("Reset-GceInstanceGroupMember nobody -Group web -Force").SingleError("GroupMemberNotFound", ErrorCategory.ObjectNotFound);
        Assert.Empty(Recreations());

        Run($"Reset-GceInstanceGroupMember {name}, nobody -Group web -Force").SingleError("GroupMemberNotFound", ErrorCategory.ObjectNotFound);
        Run("$args[0] | Reset-GceInstanceGroupMember -Force", Copy(Run("Get-GceInstanceGroup web -Member").MustSucceed().Output[1])).MustSucceed();
        Assert.Equal(2, Recreations().Count);
    }

    [Fact]
    public void WhatIf_wins_and_making_anew_asks()
    {
        Cloud.State.Compute.Groups.Add(PlaceB, "web", 1);

        Run("Get-GceInstanceGroup -Member | Reset-GceInstanceGroupMember -Force -WhatIf; Resize-GceInstanceGroup web 0 -WhatIf").MustSucceed();
        Assert.NotEmpty(Run("Get-GceInstanceGroup -Member | Reset-GceInstanceGroupMember").Errors); // no host here can prompt

        Assert.DoesNotContain(Changes(), c => !c.Path.EndsWith("/listManagedInstances", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_names_the_group()
    {
        Cloud.State.Compute.Groups.Add(PlaceB, "web", 1);
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "resize", Error = new("QUOTA_EXCEEDED") });

        Assert.Equal("web", Run("Resize-GceInstanceGroup web 2").SingleError("OperationQuotaExceeded", ErrorCategory.LimitsExceeded).TargetObject);
    }

    private List<LoggedRequest> Recreations() => [.. Changes().Where(c => c.Path.EndsWith("/recreateInstances", StringComparison.Ordinal))];
}
