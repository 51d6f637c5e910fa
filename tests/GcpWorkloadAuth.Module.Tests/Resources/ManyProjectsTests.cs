using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>One cmdlet over many projects.</summary>
public sealed class ManyProjectsTests : CloudTest
{
    protected override EmulatorOptions Options => new() { InstanceCount = 2, FleetProjects = 30, FleetInstances = 300 };

    [Theory]
    [InlineData("Get-GceInstance -Project (Get-GcpProject)")]
    [InlineData("Get-GcpProject | Get-GceInstance")]
    [InlineData("Get-GceInstance -Project (Get-GcpProject).ProjectId -ThrottleLimit 1")]
    public void The_instances_of_all_projects_are_one_stream(string script)
    {
        RunResult result = Run($"{script} | ForEach-Object {{ \"$($_.Project)/$($_.Zone)/$_\" }}").MustSucceed();

        Assert.Equal(302, result.Strings().Distinct().Count());
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Get-GceInstance -Project (Get-GcpProject)")]
    [InlineData("Get-GcpProject | Get-GceInstance")]
    public void A_project_that_refuses_is_one_warning_and_the_others_go_on(string script)
    {
        Cloud.State.Compute.Access.Deny("compute.instances.list", "fleet-007");
        Cloud.Faults.Add(new Fault { PathPattern = "*/projects/fleet-009/*", Status = 403, Body = GoogleErrors.ServiceDisabled("compute.googleapis.com") });

        RunResult result = Run(script).MustSucceed();

        Assert.Equal(2, result.Warnings.Count);
        Assert.Single(result.Warnings, w => w.StartsWith("fleet-007 ", StringComparison.Ordinal));
        Assert.Single(result.Warnings, w => w.StartsWith("fleet-009 ", StringComparison.Ordinal));
        HashSet<string> projects = [.. result.Output.Select(o => (string)o.Properties["Project"].Value)];
        Assert.DoesNotContain("fleet-007", projects);
        Assert.Contains("fleet-030", projects);
    }

    [Fact]
    public void One_project_that_refuses_is_an_error()
    {
        Cloud.State.Compute.Access.Deny("compute.instances.list", "fleet-007");

        RunResult result = Run("Get-GceInstance -Project fleet-007");

        Assert.Equal(ErrorCategory.PermissionDenied, Assert.Single(result.Errors).CategoryInfo.Category);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_name_that_none_of_the_projects_has_is_one_error()
    {
        RunResult result = Run("Get-GceInstance demo-vm, no-such-vm -Project demo-project, fleet-001, fleet-002");

        Assert.Equal(["demo-vm"], result.Strings());
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("InstanceNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("no-such-vm", error.TargetObject);
    }

    [Fact]
    public async Task So_many_are_asked_at_a_time_as_the_limit_says()
    {
        // Four hang, and the fifth is not asked for before one of them answers.
        Cloud.Faults.Add(new Fault { PathPattern = "*/aggregated/instances", Hang = true });
        _ = Shell;
        Task asked = Cloud.Requests.WaitForAsync(
            _ => Cloud.Requests.Count(r => r.Path.EndsWith("/aggregated/instances", StringComparison.Ordinal)) >= 4, TestContext.Current.CancellationToken);

        RunResult result = await Shell.StopAsync("Get-GceInstance -ThrottleLimit 4 -Project (1..20 | ForEach-Object { 'fleet-{0:000}' -f $_ })", asked);

        Assert.Empty(result.Output);
        Assert.Equal(4, Cloud.Requests.Count(r => r.Path.EndsWith("/aggregated/instances", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_break_downstream_ends_it_all()
    {
        RunResult result = Run("do { Get-GceInstance -ThrottleLimit 2 -Project (Get-GcpProject) | ForEach-Object { $_; break } } while ($false)").MustSucceed();

        Assert.Single(result.Output);
        Assert.InRange(Cloud.Requests.Count(r => r.Path.EndsWith("/aggregated/instances", StringComparison.Ordinal)), 1, 4);
    }

    [Fact]
    public void One_quota_project_for_all_is_worth_one_warning()
    {
        Assert.Empty(Run("Set-GcpContext -QuotaProject demo-project; Get-GceInstance -Project fleet-001, fleet-002").MustSucceed().Warnings);

        Assert.Contains("demo-project", Assert.Single(Run("Get-GceInstance -Project (Get-GcpProject)").MustSucceed().Warnings), StringComparison.Ordinal);
        Assert.Contains("demo-project", Assert.Single(Run("Get-GcpProject | Get-GceDisk").MustSucceed().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_else_can_be_asked_of_many_projects_too()
    {
        Assert.Equal(31, Run("Get-GcpProject | Get-GceNetwork").MustSucceed().Output.Count);
        Assert.Equal(31, Run("Get-GceProjectMetadata -Project (Get-GcpProject)").MustSucceed().Output.Count);
        Assert.Equal(2, Run("Get-GceFirewallRule default-allow-ssh -Project fleet-001, fleet-002").MustSucceed().Output.Count);
    }
}
