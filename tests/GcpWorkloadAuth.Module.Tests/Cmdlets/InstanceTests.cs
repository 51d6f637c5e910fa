using System.Collections.Immutable;
using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GceInstance: which machines, by which request.</summary>
public sealed class InstanceTests : CloudTest
{
    private const string Aggregated = "/compute/v1/projects/demo-project/aggregated/instances";

    [Fact]
    public void All_zones_by_one_aggregated_list()
    {
        RunResult result = Run("Get-GceInstance").MustSucceed();

        Assert.Equal(["demo-vm", "vm-00002", "vm-00003", "vm-00004", "vm-00005"], result.Strings().Order(StringComparer.Ordinal));
        LoggedRequest request = Assert.Single(Requests(EmulatedService.Compute));
        Assert.Equal(Aggregated, request.Path);
        Assert.Contains("returnPartialSuccess=true", request.Query, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_machine_has_its_facts()
    {
        RunResult result = Run("Get-GceInstance demo-vm").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceInstance", result.Output[0].TypeNames[0]);
        Assert.Equal("demo-vm", result.Output[0].ToString());
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("europe-west1-b", result.Property("Zone"));
        Assert.Equal("europe-west1", result.Property("Region"));
        Assert.Equal("RUNNING", result.Property("Status"));
        Assert.Equal("e2-medium", result.Property("MachineType"));
        Assert.Equal("10.132.0.2", result.Property("InternalIP"));
        Assert.Equal("203.0.113.2", result.Property("ExternalIP"));
        Assert.Equal(Cloud.State.Machine.Instance.Id, result.Property("Id"));
        DateTime created = (DateTime)result.Property("CreationTime")!;
        Assert.Equal(DateTimeKind.Local, created.Kind);
        Assert.Equal(Cloud.State.Machine.Instance.CreatedAt.UtcDateTime, created.ToUniversalTime());
        Assert.Equal("demo", ((IReadOnlyDictionary<string, string>)result.Property("Labels")!)["env"]);
        Assert.Equal("hello", ((IReadOnlyDictionary<string, string>)result.Property("Metadata")!)["greeting"]);
        Assert.Equal(["http-server", "https-server"], (IEnumerable<string>)result.Property("Tags")!);
        RunResult parts = Run(
            "$i = Get-GceInstance demo-vm; $i.ServiceAccounts[0].Email; $i.ServiceAccounts[0].Scopes[0]; $i.Disks[0].Boot; $i.NetworkInterfaces[0].Network; $i.Scheduling.AutomaticRestart")
            .MustSucceed();
        Assert.Equal([Account, "https://www.googleapis.com/auth/cloud-platform", "True", "default", "True"], parts.Strings());
    }

    [Fact]
    public void Fields_that_this_version_does_not_know_break_nothing()
    {
        Cloud.State.Instances.Update("europe-west1-b", "demo-vm", i => i with
        {
            Extra = new JsonObject { ["somethingNew"] = new JsonArray(new JsonObject()), ["status"] = "DREAMING", ["labels"] = null, ["disks"] = null },
        });

        RunResult result = Run("Get-GceInstance demo-vm").MustSucceed();

        Assert.Equal("DREAMING", result.Property("Status"));
    }

    [Fact]
    public void One_zone_by_its_own_list()
    {
        RunResult result = Run("Get-GceInstance -Zone us-central1-a").MustSucceed();

        Assert.All(result.Output, i => Assert.Equal("us-central1-a", i.Properties["Zone"].Value));
        Assert.NotEmpty(result.Output);
        Assert.Equal("/compute/v1/projects/demo-project/zones/us-central1-a/instances", Requests(EmulatedService.Compute).Single().Path);
    }

    [Fact]
    public void Several_zones_in_their_order()
    {
        RunResult result = Run("Get-GceInstance -Zone us-central1-a, europe-west1-b").MustSucceed();

        Assert.Equal(["us-central1-a", "europe-west1-b"], result.Output.Select(i => i.Properties["Zone"].Value).Distinct());
        Assert.Equal(2, Requests(EmulatedService.Compute).Count);
    }

    [Fact]
    public void A_zone_without_machines_gives_nothing()
    {
        Assert.Empty(Run("Get-GceInstance -Zone us-west1-a").MustSucceed().Output);
    }

    [Fact]
    public void An_exact_name_and_zone_is_a_get()
    {
        RunResult result = Run("Get-GceInstance demo-vm -Zone europe-west1-b").MustSucceed();

        Assert.Equal("demo-vm", result.Property("Name"));
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("/compute/v1/projects/demo-project/zones/europe-west1-b/instances/demo-vm", Requests(EmulatedService.Compute).Single().Path);
    }

    [Fact]
    public void An_exact_name_alone_gives_every_match_by_one_list()
    {
        Cloud.State.Instances.Add(Cloud.State.Machine.Instance with { Zone = "us-central1-a", Id = 7 });

        RunResult result = Run("Get-GceInstance demo-vm").MustSucceed();

        Assert.Equal(["europe-west1-b", "us-central1-a"], result.Output.Select(i => i.Properties["Zone"].Value).Order());
        LoggedRequest request = Assert.Single(Requests(EmulatedService.Compute));
        Assert.Equal(Aggregated, request.Path);
        Assert.Contains("filter=name%20%3D%20demo-vm", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exact_name_in_several_zones_is_looked_for_in_each()
    {
        RunResult result = Run("Get-GceInstance demo-vm -Zone us-central1-a, europe-west1-b").MustSucceed();

        Assert.Equal("europe-west1-b", result.Property("Zone"));
    }

    [Theory]
    [InlineData("Get-GceInstance nope", "demo-project")]
    [InlineData("Get-GceInstance nope -Zone europe-west1-b", "europe-west1-b")]
    [InlineData("Get-GceInstance nope -Zone europe-west1-b, us-central1-a", "us-central1-a")]
    public void A_missing_machine_is_not_found(string command, string where)
    {
        ErrorRecord error = Run(command).SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);

        Assert.Equal("nope", error.TargetObject);
        Assert.Contains(where, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_machine_does_not_stop_the_others()
    {
        RunResult result = Run("Get-GceInstance demo-vm, nope, vm-00002");

        result.SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(["demo-vm", "vm-00002"], result.Strings());
    }

    [Theory]
    [InlineData("vm-*", 4)]
    [InlineData("VM-0000[23]", 2)]
    [InlineData("demo-v?", 1)]
    [InlineData("nope*", 0)]
    public void Wildcards_match_without_case_and_may_match_nothing(string pattern, int count)
    {
        Assert.Equal(count, Run("Get-GceInstance $args[0]", pattern).MustSucceed().Output.Count);
    }

    [Fact]
    public void Wildcards_in_one_zone()
    {
        RunResult result = Run("Get-GceInstance * -Zone europe-west1-b").MustSucceed();

        Assert.Contains("demo-vm", result.Strings());
        Assert.All(result.Output, i => Assert.Equal("europe-west1-b", i.Properties["Zone"].Value));
    }

    [Fact]
    public void A_filter_is_the_servers_language()
    {
        RunResult result = Run("Get-GceInstance -Filter 'status = TERMINATED'").MustSucceed();

        Assert.Equal("vm-00003", result.Property("Name"));
        Assert.Contains("filter=status%20%3D%20TERMINATED", Requests(EmulatedService.Compute).Single().Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_and_a_name_both_count()
    {
        RunResult result = Run("Get-GceInstance vm-* -Filter 'status = TERMINATED OR status = RUNNING' -Label @{ role = 'db' }").MustSucceed();

        Assert.Equal(["vm-00003", "vm-00005"], result.Strings().Order(StringComparer.Ordinal));
        Run("Get-GceInstance demo-vm -Zone europe-west1-b -Filter 'status = TERMINATED'")
            .SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void Labels_by_value_and_by_being_there()
    {
        Assert.Equal(["demo-vm"], Run("Get-GceInstance -Label @{ env = 'demo' }").MustSucceed().Strings());
        Assert.Equal(3, Run("Get-GceInstance -Labels @{ role = '*' }").MustSucceed().Output.Count);
        Assert.Equal(2, Run("Get-GceInstance -Label @{ role = 'db'; env = '*' }").MustSucceed().Output.Count);
        Assert.Empty(Run("Get-GceInstance -Label @{ role = 'nothing' }").MustSucceed().Output);
    }

    [Fact]
    public void The_machine_this_runs_on()
    {
        Environment.Set("GOOGLE_CLOUD_PROJECT", "some-other-project");
        Cloud.State.AddProject("some-other-project", 42, instances: 1);

        RunResult result = Run("Get-GceInstance -Current").MustSucceed();

        Assert.Equal("demo-vm", result.Property("Name"));
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("/compute/v1/projects/demo-project/zones/europe-west1-b/instances/demo-vm", Requests(EmulatedService.Compute).Single().Path);
    }

    [Fact]
    public void The_machine_this_runs_on_that_compute_does_not_know()
    {
        Cloud.State.Instances.Remove("europe-west1-b", "demo-vm");

        ErrorRecord error = Run("Get-GceInstance -Current").SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);

        Assert.Equal("demo-vm", error.TargetObject);
    }

    [Fact]
    public void Several_projects()
    {
        Cloud.State.AddProject("other-project", 42, instances: 2);

        RunResult result = Run("Get-GceInstance -Project other-project, demo-project").MustSucceed();

        Assert.Equal(["other-project", "demo-project"], result.Output.Select(i => i.Properties["Project"].Value).Distinct());
        Assert.Equal(7, result.Output.Count);
    }

    [Fact]
    public void One_unknown_project_does_not_stop_the_others()
    {
        RunResult result = Run("Get-GceInstance -Project no-such-project, demo-project");

        Assert.Equal("no-such-project", result.SingleError("ProjectNotFound", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.Equal(5, result.Output.Count);
    }

    [Theory]
    [InlineData("Get-GceInstance -Zone nowhere1-a")]
    [InlineData("Get-GceInstance demo-vm -Zone nowhere1-a")]
    public void An_unknown_zone_is_not_found(string command)
    {
        ErrorRecord error = Run(command).SingleError("ZoneNotFound", ErrorCategory.ObjectNotFound);

        Assert.Contains("nowhere1-a", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_every_legal_kind_are_accepted()
    {
        Cloud.State.Instances.Update("europe-west1-b", "demo-vm", i => i with
        {
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("with_under-score", "1").Add("empty", string.Empty),
        });

        Assert.Equal(["demo-vm"], Run("Get-GceInstance -Label @{ 'with_under-score' = 1 }").MustSucceed().Strings());
        Assert.Equal(["demo-vm"], Run("Get-GceInstance -Label @{ empty = '*' }").MustSucceed().Strings());
    }
}
