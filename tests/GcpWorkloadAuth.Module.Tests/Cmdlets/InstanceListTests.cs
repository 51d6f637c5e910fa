using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GceInstance: long lists, broken zones, pipelines.</summary>
public sealed class InstanceListTests : CloudTest
{
    protected override EmulatorOptions Options => new() { InstanceCount = 1201 };

    [Fact]
    public void Every_machine_of_a_large_project_comes()
    {
        RunResult result = Run("Get-GceInstance").MustSucceed();

        Assert.Equal(1201, result.Strings().Distinct().Count());
        Assert.Equal(3, Requests(EmulatedService.Compute).Count);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_first_leaves_before_the_second_page_is_asked_for()
    {
        Func<int> asked = () => Requests(EmulatedService.Compute).Count;

        RunResult result = Run("$asked = $args[0]; $seen = @(); Get-GceInstance | ForEach-Object { $seen += $asked.Invoke() }; $seen[0]; $seen[499]; $seen[500]; $seen[1200]", asked)
            .MustSucceed();

        Assert.Equal(["1", "1", "2", "3"], result.Strings());
    }

    [Fact]
    public void A_break_downstream_stops_the_paging()
    {
        RunResult result = Run("do { Get-GceInstance | ForEach-Object { $_; break } } while ($false)").MustSucceed();

        Assert.Single(result.Output);
        Assert.Single(Requests(EmulatedService.Compute));
        Run("Get-GceInstance demo-vm").MustSucceed();
    }

    [Fact]
    public void An_error_downstream_stops_the_paging()
    {
        RunResult result = Run("Get-GceInstance | ForEach-Object { throw 'enough' }");

        Assert.Equal("enough", Assert.Single(result.Errors).Exception.Message);
        Assert.Single(Requests(EmulatedService.Compute));
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_a_list_stops_the_paging()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/compute/*", QueryPattern = "*pageToken=*", Hang = true });
        _ = Shell;

        RunResult result = await Shell.StopAsync(
            "Get-GceInstance",
            Cloud.Requests.WaitForAsync(r => r.Query.Contains("pageToken=", StringComparison.Ordinal), TestContext.Current.CancellationToken));

        Assert.Equal(500, result.Output.Count);
        Assert.Empty(result.Errors);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_zone_that_cannot_be_reached_is_one_warning_for_all_pages()
    {
        Cloud.State.Instances.SetUnreachable("europe-west1-b");

        RunResult result = Run("Get-GceInstance").MustSucceed();

        Assert.Contains("europe-west1-b", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(Requests(EmulatedService.Compute).Count > 1);
        Assert.Equal(Cloud.State.Instances.All().Count(i => i.Zone != "europe-west1-b"), result.Output.Count);
    }

    [Fact]
    public void Two_zones_that_cannot_be_reached_are_two_warnings()
    {
        Cloud.State.Instances.SetUnreachable("europe-west1-b");
        Cloud.State.Instances.SetUnreachable("us-east1-b");

        Assert.Equal(2, Run("Get-GceInstance").MustSucceed().Warnings.Count);
    }

    [Fact]
    public void Who_needs_the_whole_list_gets_an_error_instead()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/compute/*",
            Body = """{"items":{"zones/us-east1-b":{"warning":{"code":"UNREACHABLE"}},"zones/us-west1-a":{"warning":{"code":"NO_RESULTS_ON_PAGE"}}}}""",
        });

        RunResult result = Run("Get-GceInstance -RequireComplete");

        ErrorRecord error = result.SingleError("ListIncomplete", ErrorCategory.ResourceUnavailable);
        Assert.Contains("us-east1-b", error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("us-west1-a", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("demo-project", error.TargetObject);
        Assert.Contains("returnPartialSuccess=false", Requests(EmulatedService.Compute).Single().Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_list_is_a_whole_list()
    {
        Assert.Equal(1201, Run("Get-GceInstance -RequireComplete").MustSucceed().Output.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Machines_of_a_pipeline_are_got_in_their_own_project_and_zone(bool isCopy)
    {
        Cloud.State.AddProject("other-project", 42, instances: 3);
        RunResult machines = Run("Get-GceInstance -Project other-project").MustSucceed();
        object input = isCopy
            ? machines.Output.Select(o => PSSerializer.Deserialize(PSSerializer.Serialize(o))).ToList()
            : machines.Output;
        Cloud.Requests.Clear();

        RunResult result = Run("$args[0] | Get-GceInstance", input).MustSucceed();

        Assert.Equal(machines.Strings(), result.Strings());
        Assert.Equal(
            machines.Output.Select(o => $"/compute/v1/projects/other-project/zones/{o.Properties["Zone"].Value}/instances/{o}"),
            Requests(EmulatedService.Compute).Select(r => r.Path));
    }

    [Fact]
    public void A_deserialized_machine_keeps_its_facts()
    {
        RunResult live = Run("Get-GceInstance demo-vm -Zone europe-west1-b").MustSucceed();
        PSObject copy = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(live.Output[0]));

        Assert.Equal("Deserialized.GcpWorkloadAuth.GceInstance", copy.TypeNames[0]);
        foreach (string name in new[] { "Name", "Project", "Zone", "Region", "Status", "InternalIP", "ExternalIP", "CreationTime", "Id" })
        {
            Assert.Equal(live.Property(name), copy.Properties[name].Value);
        }
    }

    [Fact]
    public void Names_come_by_value_and_by_property()
    {
        RunResult result = Run(
            """
            'demo-vm' | Get-GceInstance
            [pscustomobject]@{ Name = 'demo-vm'; Zone = 'europe-west1-b'; Project = 'demo-project' } | Get-GceInstance
            [pscustomobject]@{ Name = 'demo-vm'; ProjectId = 'demo-project' } | Get-GceInstance
            """).MustSucceed();

        Assert.Equal(["demo-vm", "demo-vm", "demo-vm"], result.Strings());
    }

    [Fact]
    public void A_bucket_is_no_machine()
    {
        RunResult result = Run("Get-GceInstance (Get-GcsBucket)[0]");

        Assert.Contains("GcsBucket", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(Requests(EmulatedService.Compute));
    }
}
