using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Compute;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>Get-GceInstanceIamPolicy, Add-GceInstanceIamBinding, Remove-GceInstanceIamBinding.</summary>
public sealed class InstancePolicyTests : FleetTest
{
    private const string Viewer = "roles/compute.viewer";
    private const string Until = "-ConditionTitle until -ConditionExpression 'request.time < timestamp(\"2030-01-01T00:00:00Z\")'";

    [Fact]
    public void A_policy_is_read_in_version_3_and_names_one_instance()
    {
        RunResult result = Run("Get-GceInstanceIamPolicy demo-vm").MustSucceed();

        Assert.Equal("projects/demo-project/zones/europe-west1-b/instances/demo-vm", result.Property("Resource"));
        Assert.NotEmpty((string)result.Property("ETag")!);
        LoggedRequest asked = Requests(EmulatedService.Compute).Single(r => r.Path.EndsWith("/getIamPolicy", StringComparison.Ordinal));
        Assert.Contains("optionsRequestedPolicyVersion=3", asked.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_is_given_once_and_the_policy_comes_back()
    {
        RunResult result = Run($"Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com, group:all@example.com").MustSucceed();

        JsonNode sent = JsonNode.Parse(Changes().Single().Body!)!["policy"]!;
        Assert.Equal("3", sent["version"]!.ToString());
        Assert.NotNull(sent["etag"]);
        Assert.DoesNotContain("requestId", Changes()[0].Query, StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.Equal(["user:ann@example.com", "group:all@example.com"], Bindings().Single().Members);

        Assert.Single(Run($"Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com").MustSucceed().Output);
        Assert.Single(Changes());
    }

    [Fact]
    public void A_condition_makes_a_binding_of_its_own_and_outlives_other_changes()
    {
        Run($"$null = Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com").MustSucceed();
        Run($"$null = Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com {Until}").MustSucceed();
        Run("$null = Add-GceInstanceIamBinding demo-vm roles/compute.osLogin user:bob@example.com").MustSucceed();

        Assert.Equal([null, "until", null], Bindings().Select(b => b.Title));
        Run($"$null = Remove-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com -Force").MustSucceed();
        Assert.Equal(["until", null], Bindings().Select(b => b.Title));
        Run($"Remove-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com -Force").SingleError("IamBindingNotFound", ErrorCategory.ObjectNotFound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bindings_of_one_policy_can_be_piped_with_all_they_bring(bool isDeserialized)
    {
        for (int i = 0; i < 7; i++)
        {
            Run($"$null = Add-GceInstanceIamBinding demo-vm roles/custom{i} user:ann@example.com {(i == 3 ? Until : string.Empty)}").MustSucceed();
        }

        PSObject policy = Run("Get-GceInstanceIamPolicy demo-vm -Zone europe-west1-b").MustSucceed().Output[0];
        object source = isDeserialized ? PSSerializer.Deserialize(PSSerializer.Serialize(policy)) : policy;

        Run("$null = $args[0].Bindings | Remove-GceInstanceIamBinding -Force -Zone us-central1-a -Project other-project", source).MustSucceed();

        Assert.Empty(Bindings());
    }

    [Theory]
    [InlineData("Get-GceInstance 'fleet-*' | Add-GceInstanceIamBinding -Role roles/compute.viewer -Member user:ann@example.com")]
    [InlineData("Get-GceInstance 'fleet-*' | Get-GceInstanceIamPolicy | Add-GceInstanceIamBinding -Role roles/compute.viewer -Member user:ann@example.com")]
    public void Instances_and_policies_can_be_piped(string script)
    {
        AddFleet(5);

        Assert.Equal(5, Run(script).MustSucceed().Output.Count);
        Assert.Equal(5, Changes().Select(c => c.Path).Distinct().Count());
    }

    [Fact]
    public void The_own_project_and_zone_win()
    {
        Cloud.State.AddProject("other-project", 42);
        AddFleet(1, zone: "europe-west1-c", project: "other-project");
        AddFleet(1);

        Run($"$null = Get-GceInstance fleet-00 -Project other-project | Add-GceInstanceIamBinding -Role {Viewer} -Member user:ann@example.com -Project demo-project -Zone {ZoneB}").MustSucceed();

        Assert.Contains("/projects/other-project/zones/europe-west1-c/instances/fleet-00/", Changes().Single().Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_several_zones_is_refused()
    {
        AddFleet(1);
        AddFleet(1, zone: "us-central1-a");

        Run($"Add-GceInstanceIamBinding fleet-00 {Viewer} user:ann@example.com").SingleError("AmbiguousName", ErrorCategory.InvalidArgument);
        Run("Get-GceInstanceIamPolicy nobody").SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);
        Run($"Get-GceInstanceIamPolicy nobody -Zone {ZoneB}").SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);

        Assert.Empty(Changes());
    }

    [Fact]
    public void Policies_of_other_things_are_refused()
    {
        Assert.NotEmpty(Run("Get-GcsBucket | Get-GcsBucketIamPolicy | Get-GceInstanceIamPolicy").Errors);
        Assert.NotEmpty(Run("Get-GceInstanceIamPolicy demo-vm | Stop-GceInstance").Errors);
        Assert.Empty(Changes());
    }

    [Fact]
    public void Somebody_elses_change_is_read_again_five_times_at_most()
    {
        Fault fault = Cloud.Faults.Add(new Fault { PathPattern = "*/setIamPolicy", Status = 409, Times = 2, Body = """{"error":{"code":409,"message":"There were concurrent policy changes."}}""" });
        Run($"$null = Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com").MustSucceed();
        Assert.Equal((2, 3), (fault.Hits, Changes().Count));

        fault = Cloud.Faults.Add(new Fault { PathPattern = "*/setIamPolicy", Status = 409, Body = """{"error":{"code":409,"message":"There were concurrent policy changes."}}""" });
        Run($"Add-GceInstanceIamBinding demo-vm {Viewer} user:bob@example.com").SingleError("Conflict", ErrorCategory.ResourceExists);
        Assert.Equal(5, fault.Hits);
    }

    [Theory]
    [InlineData("Add-GceInstanceIamBinding demo-vm roles/compute.viewer user:bob@example.com")]
    [InlineData("Remove-GceInstanceIamBinding demo-vm roles/compute.viewer user:ann@example.com -Force")]
    public void A_lost_answer_is_settled(string script)
    {
        Run($"$null = Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com").MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "*/setIamPolicy", LoseAnswer = true, Times = 1 });

        Assert.Single(Run(script).MustSucceed().Output);

        Assert.Equal(script.StartsWith("Add", StringComparison.Ordinal) ? 2 : 0, Bindings().Sum(b => b.Members.Length));
    }

    [Fact]
    public void WhatIf_wins_and_taking_asks()
    {
        Run($"$null = Add-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com").MustSucceed();

        Run($"Add-GceInstanceIamBinding demo-vm {Viewer} user:bob@example.com -WhatIf").MustSucceed();
        Run($"Remove-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com -Force -WhatIf").MustSucceed();
        Assert.NotEmpty(Run($"Remove-GceInstanceIamBinding demo-vm {Viewer} user:ann@example.com").Errors); // no host here can prompt

        Assert.Single(Changes());
    }

    [Fact]
    public void Who_may_not_is_told_for_each_and_half_a_condition_is_refused()
    {
        AddFleet(3);
        Cloud.State.Compute.Access.Deny("compute.instances.setIamPolicy");

        RunResult result = Run($"Get-GceInstance 'fleet-*' | Add-GceInstanceIamBinding -Role {Viewer} -Member user:ann@example.com");
        Assert.Equal(["fleet-00", "fleet-01", "fleet-02"], result.Errors.Select(e => e.TargetObject.ToString()).Order());
        Assert.All(result.Errors, e => Assert.Contains("compute.instances.setIamPolicy", e.ToString(), StringComparison.Ordinal));
        Run($"Add-GceInstanceIamBinding fleet-00 {Viewer} user:ann@example.com -ConditionTitle x").SingleError("IamConditionIncomplete", ErrorCategory.InvalidArgument);
    }

    private List<(string Role, string[] Members, string? Title)> Bindings() =>
        [.. Run("(Get-GceInstanceIamPolicy demo-vm).Bindings").MustSucceed().Output.Select(b => (
            (string)b.Properties["Role"].Value,
            ((IEnumerable<string>)b.Properties["Members"].Value).ToArray(),
            b.Properties["Condition"].Value?.ToString()))];
}
