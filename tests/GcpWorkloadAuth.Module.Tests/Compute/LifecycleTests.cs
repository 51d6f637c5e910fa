using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Compute;

/// <summary>Start-, Stop-, Suspend-, Resume-, Restart- and Remove-GceInstance.</summary>
public sealed class LifecycleTests : FleetTest
{
    [Theory]
    [InlineData("Start", "TERMINATED", "RUNNING")]
    [InlineData("Stop", "RUNNING", "TERMINATED")]
    [InlineData("Suspend", "RUNNING", "SUSPENDED")]
    [InlineData("Resume", "SUSPENDED", "RUNNING")]
    [InlineData("Restart", "RUNNING", "RUNNING")]
    public void A_machine_changes_its_state(string verb, string before, string after)
    {
        AddFleet(1, before);

        RunResult result = Run($"{verb}-GceInstance fleet-00 -PassThru").MustSucceed();

        Assert.Equal(after, result.Property("Status"));
        Assert.Equal(after, StatusOf("fleet-00"));
        LoggedRequest change = Assert.Single(Changes());
        Assert.Contains("requestId=", change.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_PassThru_nothing_comes_out_and_with_NoWait_the_operations_do()
    {
        AddFleet(2);

        Assert.Empty(Run("Stop-GceInstance fleet-00").MustSucceed().Output);
        Cloud.State.Compute.Operations.Duration = Timeout.InfiniteTimeSpan;
        RunResult result = Run("$o = Stop-GceInstance fleet-01 -Zone europe-west1-b -NoWait; $o; $o.OperationType; $o.TargetName; $o.IsDone").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceOperation", result.Output[0].TypeNames[0]);
        Assert.Equal(["stop", "fleet-01", "False"], result.Strings()[1..]);
        Assert.Equal("STOPPING", StatusOf("fleet-01"));
    }

    [Fact]
    public void Removing_takes_the_machine_away()
    {
        AddFleet(2);

        Run("Get-GceInstance 'fleet-*' | Remove-GceInstance -Force").MustSucceed();

        Assert.Null(StatusOf("fleet-00"));
        Assert.Null(StatusOf("fleet-01"));
    }

    [Theory]
    [InlineData("Start-GceInstance fleet-00")]
    [InlineData("Stop-GceInstance fleet-00")]
    [InlineData("Suspend-GceInstance fleet-00")]
    [InlineData("Resume-GceInstance fleet-00")]
    [InlineData("Restart-GceInstance fleet-00")]
    [InlineData("Remove-GceInstance fleet-00 -Force")]
    public void WhatIf_changes_nothing(string command)
    {
        AddFleet(1);

        Run(command + " -WhatIf").MustSucceed();
        Run("$WhatIfPreference = $true; " + command).MustSucceed();

        Assert.Empty(Changes());
        Assert.Equal("RUNNING", StatusOf("fleet-00"));
    }

    [Fact]
    public void Deleting_asks_first()
    {
        AddFleet(1);

        RunResult result = Run("Remove-GceInstance fleet-00");

        Assert.NotEmpty(result.Errors); // The host of the test cannot prompt.
        Assert.Empty(Changes());
    }

    [Fact]
    public void Many_are_started_before_any_is_waited_for_and_one_list_a_zone_covers_them()
    {
        AddFleet(30);
        Cloud.State.Compute.Operations.Duration = TimeSpan.FromSeconds(1);

        RunResult result = Run("Get-GceInstance 'fleet-*' | Stop-GceInstance -PassThru").MustSucceed();

        Assert.Equal(30, result.Output.Count);
        Assert.All(result.Output, o => Assert.Equal("TERMINATED", o.Properties["Status"].Value));
        List<LoggedRequest> all = [.. Requests(EmulatedService.Compute)];
        Assert.Equal(30, Changes().Count);
        int lastChange = all.FindLastIndex(r => r.Path.EndsWith("/stop", StringComparison.Ordinal));
        List<LoggedRequest> polls = [.. all.Where(r => r.Path.Contains("/operations", StringComparison.Ordinal))];
        Assert.All(polls, p => Assert.True(all.IndexOf(p) > lastChange));
        Assert.InRange(polls.Count, 1, 3);
    }

    [Fact]
    public void A_few_are_waited_for_by_requests_that_hang()
    {
        AddFleet(3);
        Cloud.State.Compute.Operations.Duration = TimeSpan.FromMilliseconds(500);

        Run("Stop-GceInstance fleet-00, fleet-01, fleet-02 -Zone europe-west1-b").MustSucceed();

        Assert.Equal(3, Requests(EmulatedService.Compute).Count(r => r.Path.EndsWith("/wait", StringComparison.Ordinal)));
        Assert.Equal(6, Requests(EmulatedService.Compute).Count);
    }

    [Fact]
    public void Every_third_machine_fails_and_the_others_go_on()
    {
        AddFleet(12);
        for (int i = 0; i < 12; i += 3)
        {
            Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "stop", Target = $"fleet-{i:00}", Error = new("INTERNAL_ERROR") });
        }

        RunResult result = Run("Get-GceInstance 'fleet-*' | Stop-GceInstance -PassThru");

        Assert.Equal(8, result.Output.Count);
        Assert.Equal(["fleet-00", "fleet-03", "fleet-06", "fleet-09"], result.Errors.Select(e => e.TargetObject.ToString()!).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, e => Assert.StartsWith(e.TargetObject.ToString()!, e.ToString(), StringComparison.Ordinal));
        Assert.All(result.Errors, e => Assert.Equal("OperationFailed", e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void What_vanished_and_was_done_is_no_failure()
    {
        AddFleet(1);
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Vanish = true });

        RunResult result = Run("Stop-GceInstance fleet-00 -PassThru").MustSucceed();

        Assert.Equal("TERMINATED", result.Property("Status"));
    }

    [Fact]
    public void The_time_is_limited_and_the_operation_goes_on()
    {
        AddFleet(1);
        Cloud.State.Compute.Operations.Duration = Timeout.InfiniteTimeSpan;

        RunResult result = Run("Stop-GceInstance fleet-00 -TimeoutSec 1");

        ErrorRecord error = result.SingleError("OperationTimedOut", ErrorCategory.OperationTimeout);
        Assert.Contains("Wait-GceOperation operation-", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Cloud.State.Compute.Operations.Finish();
        Run(error.ErrorDetails.RecommendedAction["Wait for it with: ".Length..]).MustSucceed();
    }
}
