using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Rest;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Compute;

/// <summary>One clear error for each thing that can go wrong when a machine is changed.</summary>
public sealed class FailureTests : FleetTest
{
    [Theory]
    [InlineData("SUSPENDED", "Start-GceInstance fleet-00", "InstanceWrongState")]
    [InlineData("TERMINATED", "Suspend-GceInstance fleet-00", "InstanceWrongState")]
    [InlineData("TERMINATED", "Resume-GceInstance fleet-00", "InstanceWrongState")]
    [InlineData("TERMINATED", "Restart-GceInstance fleet-00", "InstanceNotReady")]
    [InlineData("STOPPING", "Start-GceInstance fleet-00", "InstanceNotReady")]
    public void The_wrong_state_is_named(string status, string command, string id)
    {
        AddFleet(1, status);

        ErrorRecord error = Run(command).SingleError(id, ErrorCategory.InvalidOperation);

        Assert.Contains("fleet-00", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(status, StatusOf("fleet-00"));
    }

    [Fact]
    public void Deletion_protection_holds()
    {
        AddFleet(1);
        Cloud.State.Instances.Update(ZoneB, "fleet-00", i => i with { DeletionProtection = true });

        Run("Remove-GceInstance fleet-00 -Force").SingleError("DeletionProtected", ErrorCategory.InvalidOperation);

        Assert.Equal("RUNNING", StatusOf("fleet-00"));
    }

    [Theory]
    [InlineData("Stop")]
    [InlineData("Suspend")]
    public void Local_disks_are_not_given_up_unasked(string verb)
    {
        AddFleet(1);
        Cloud.State.Instances.Update(ZoneB, "fleet-00", i => i with
        {
            Extra = new JsonObject { ["disks"] = new JsonArray(new JsonObject { ["type"] = "SCRATCH", ["boot"] = false, ["index"] = 1 }) },
        });

        Run($"{verb}-GceInstance fleet-00").SingleError("LocalSsdUndecided", ErrorCategory.InvalidOperation);
        Run($"{verb}-GceInstance fleet-00 -DiscardLocalSsd").MustSucceed();

        Assert.Contains("discardLocalSsd=true", Changes()[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permission_that_is_missing_is_named_for_each_machine()
    {
        AddFleet(2);
        Cloud.State.Compute.Access.Deny("compute.instances.stop");

        RunResult result = Run("Stop-GceInstance fleet-00, fleet-01 -Zone europe-west1-b");

        // They run side by side: whichever is refused first comes first.
        Assert.Equal(["fleet-00", "fleet-01"], result.Errors.Select(e => (string)e.TargetObject).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, e => Assert.Equal("PermissionDenied", e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.All(result.Errors, e => Assert.Contains("compute.instances.stop", e.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_operation_that_vanished_without_effect_is_a_failure()
    {
        AddFleet(1);
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Vanish = true, Duration = Timeout.InfiniteTimeSpan });

        Run("Stop-GceInstance fleet-00").SingleError("OperationVanished", ErrorCategory.ResourceUnavailable);
    }

    [Fact]
    public void An_operation_that_is_not_there_is_named()
    {
        Run("Wait-GceOperation operation-1 -Zone europe-west1-b").SingleError("OperationNotFound", ErrorCategory.ObjectNotFound);
        Run("Get-GceOperation operation-1 -Zone europe-west1-b").SingleError("OperationNotFound", ErrorCategory.ObjectNotFound);
        Run("Get-GceOperation operation-1").SingleError("OperationNotFound", ErrorCategory.ObjectNotFound);
        Run("Get-GceOperation 'a b' -Global").SingleError("OperationNameInvalid", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void Warnings_of_an_operation_are_warnings()
    {
        AddFleet(1);
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Warnings = [new("DEPRECATED_RESOURCE_USED", "old")] });

        RunResult result = Run("Stop-GceInstance fleet-00").MustSucceed();

        Assert.Equal("fleet-00: old (DEPRECATED_RESOURCE_USED)", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_state_that_does_not_come_is_told_and_one_that_comes_is_seen()
    {
        AddFleet(3, "STAGING");
        Run("Get-GceInstance 'fleet-*' | Wait-GceInstance -Status RUNNING -TimeoutSec 1").Errors
            .ForEach(e => Assert.Equal("InstanceWaitTimedOut", e.FullyQualifiedErrorId.Split(',')[0]));
        foreach (int i in (int[])[0, 1, 2])
        {
            Cloud.State.Instances.Update(ZoneB, $"fleet-0{i}", x => x with { Status = "RUNNING" });
        }

        int before = Requests(EmulatedService.Compute).Count;
        Assert.Equal(3, Run("'fleet-00', 'fleet-01', 'fleet-02' | Wait-GceInstance -Status RUNNING -Zone europe-west1-b").MustSucceed().Output.Count);
        Assert.Equal(1, Requests(EmulatedService.Compute).Count - before);
        Run("Wait-GceInstance nobody -Status RUNNING -Zone europe-west1-b").SingleError("InstanceNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public async Task Stopping_the_pipeline_leaves_the_operations_alone_and_says_how_to_pick_them_up()
    {
        AddFleet(2);
        Cloud.State.Compute.Operations.Duration = Timeout.InfiniteTimeSpan;
        TestHost host = new();
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Repository.Manifest);
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript("Stop-GceInstance fleet-00, fleet-01 -Zone europe-west1-b");
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Cloud.Requests.WaitForAsync(r => r.Path.EndsWith("/wait", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await shell.StopAsync(null, null);

        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => running);
        string warning = Assert.Single(host.Warnings);
        Assert.Contains("go on. Wait for them with: Wait-GceOperation operation-", warning, StringComparison.Ordinal);
        Assert.Equal("STOPPING", StatusOf("fleet-00"));
    }
}
