using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Compute;

/// <summary>Set-GceInstanceMetadata, -Label, -Tag, -MachineType and -ServiceAccount.</summary>
public sealed class SettingTests : FleetTest
{
    private const string Worker = "worker@demo-project.iam.gserviceaccount.com";

    [Theory]
    [InlineData("Set-GceInstanceMetadata demo-vm -Add @{ color = 'blue' } -Remove greeting", "color")]
    [InlineData("Set-GceInstanceLabel demo-vm -Add @{ color = 'blue' } -Remove env", "color")]
    [InlineData("Set-GceInstanceTag demo-vm -Add color -Remove http-server", "color")]
    public void What_is_not_named_stays(string command, string added)
    {
        EmulatedInstance before = Machine();
        Assert.Contains("greeting", before.Metadata.Keys);

        Run(command).MustSucceed();

        EmulatedInstance after = Machine();
        string[] all = command.Contains("Metadata", StringComparison.Ordinal) ? [.. after.Metadata.Keys]
            : command.Contains("Label", StringComparison.Ordinal) ? [.. after.Labels.Keys]
            : [.. after.Tags];
        string[] old = command.Contains("Metadata", StringComparison.Ordinal) ? [.. before.Metadata.Keys]
            : command.Contains("Label", StringComparison.Ordinal) ? [.. before.Labels.Keys]
            : [.. before.Tags];
        string removed = command[(command.LastIndexOf(' ') + 1)..];
        Assert.Equal(old.Where(k => k != removed).Append(added).Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        int changes = Changes().Count;
        Run(command).MustSucceed();
        Assert.Equal(changes, Changes().Count); // nothing to do, nothing sent
    }

    [Fact]
    public void Value_replaces_everything()
    {
        Run("Set-GceInstanceLabel demo-vm -Value @{ only = 'this' }; Set-GceInstanceTag demo-vm -Value @()").MustSucceed();

        Assert.Equal("only", Assert.Single(Machine().Labels).Key);
        Assert.Empty(Machine().Tags);
    }

    [Fact]
    public void A_change_in_between_is_read_again_and_is_a_new_change()
    {
        int touched = 0;
        Cloud.State.Compute.Operations.Plan(new OperationPlan
        {
            Type = "setMetadata",
            Times = 2,
            Before = () => Touch(touched++),
        });

        Run("Set-GceInstanceMetadata demo-vm -Add @{ mine = 'yes' }").MustSucceed();

        Assert.Equal("yes", Machine().Metadata["mine"]);
        Assert.Equal("1", Machine().Metadata["theirs"]);
        Assert.Equal(3, Changes().Count);
        Assert.Equal(3, Changes().Select(c => c.Query.Split("requestId=")[1][..36]).Distinct().Count());
    }

    [Fact]
    public void Five_conflicts_are_enough()
    {
        int touched = 0;
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "setMetadata", Before = () => Touch(touched++) });

        Run("Set-GceInstanceMetadata demo-vm -Add @{ mine = 'yes' }").SingleError("FingerprintConflict", ErrorCategory.ResourceExists);

        Assert.Equal(5, Changes().Count);
    }

    [Fact]
    public void An_operation_that_conflicts_is_a_conflict_too()
    {
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "setMetadata", Times = 1, Error = new("CONDITION_NOT_MET") });

        Run("Set-GceInstanceMetadata demo-vm -Add @{ mine = 'yes' }").MustSucceed();

        Assert.Equal("yes", Machine().Metadata["mine"]);
    }

    [Fact]
    public void A_machine_that_runs_keeps_its_type()
    {
        Run("Set-GceInstanceMachineType demo-vm -MachineType e2-small").SingleError("InstanceWrongState", ErrorCategory.InvalidOperation);
        AddFleet(1, "TERMINATED");
        Run("Set-GceInstanceMachineType fleet-00 -MachineType e2-small").MustSucceed();
        Assert.Equal("e2-small", Cloud.State.Instances.Find(ZoneB, "fleet-00")!.MachineType);
    }

    [Fact]
    public void A_service_account_is_attached_and_what_ran_runs_again()
    {
        Cloud.State.ServiceAccounts.GetOrAdd(Worker);
        AddFleet(2);
        Cloud.State.Instances.Update(ZoneB, "fleet-01", i => i with { Status = "TERMINATED" });

        RunResult result = Run($"Get-GceInstance 'fleet-*' | Set-GceInstanceServiceAccount -ServiceAccount {Worker} -Restart -PassThru").MustSucceed();

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(("RUNNING", "TERMINATED"), (StatusOf("fleet-00"), StatusOf("fleet-01")));
        Assert.All(result.Output, o => Assert.Equal(Worker, ((GetAccounts(o)[0]).ToString())));
        int changes = Changes().Count;
        Run($"Get-GceInstance 'fleet-*' | Set-GceInstanceServiceAccount -ServiceAccount {Worker} -Restart").MustSucceed();
        Assert.Equal(changes, Changes().Count);
    }

    [Fact]
    public void What_ran_runs_again_where_the_change_fails()
    {
        Cloud.State.ServiceAccounts.GetOrAdd(Worker);
        AddFleet(1);
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "setServiceAccount", Error = new("SERVICE_ACCOUNT_ACCESS_DENIED", "no") });

        ErrorRecord error = Run($"Set-GceInstanceServiceAccount fleet-00 -ServiceAccount {Worker} -Restart")
            .SingleError("ServiceAccountActAsDenied", ErrorCategory.PermissionDenied);

        Assert.Contains("iam.serviceAccounts.actAs", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("RUNNING", StatusOf("fleet-00"));
    }

    [Fact]
    public void What_would_harm_is_refused_before_anything_is_done()
    {
        Cloud.State.ServiceAccounts.GetOrAdd(Worker);
        AddFleet(3);
        string command = $"Set-GceInstanceServiceAccount fleet-00 -ServiceAccount {Worker}";
        Run(command).SingleError("InstanceMustBeStopped", ErrorCategory.InvalidOperation);
        Cloud.State.Instances.Update(ZoneB, "fleet-01", i => i with
        {
            Metadata = i.Metadata.SetItem("created-by", "projects/1/zones/europe-west1-b/instanceGroupManagers/web"),
        });
        Run(command.Replace("00", "01", StringComparison.Ordinal) + " -Restart").SingleError("InstanceInGroup", ErrorCategory.InvalidOperation);
        Cloud.State.Instances.Update(ZoneB, "fleet-02", i => i with
        {
            Extra = new JsonObject { ["disks"] = new JsonArray(new JsonObject { ["type"] = "SCRATCH", ["boot"] = false }) },
        });
        Run(command.Replace("00", "02", StringComparison.Ordinal) + " -Restart").SingleError("LocalSsdUndecided", ErrorCategory.InvalidOperation);
        Assert.Empty(Changes());
    }

    [Fact]
    public void An_address_that_may_change_is_a_warning()
    {
        Cloud.State.ServiceAccounts.GetOrAdd(Worker);

        RunResult result = Run($"Set-GceInstanceServiceAccount vm-00004 -ServiceAccount {Worker} -Restart").MustSucceed();

        Assert.Contains("198.51.100.6", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-GceInstanceMetadata demo-vm -Add @{ a = 1 }")]
    [InlineData("Set-GceInstanceLabel demo-vm -Add @{ a = 1 }")]
    [InlineData("Set-GceInstanceTag demo-vm -Add a")]
    [InlineData("Set-GceInstanceMachineType demo-vm -MachineType e2-small")]
    [InlineData("Set-GceInstanceServiceAccount demo-vm -ServiceAccount x@y.z -Restart")]
    [InlineData("Reset-GceWindowsPassword vm-00006 -UserName a -Force")]
    [InlineData("New-GceInstance x -Zone europe-west1-b -MachineType e2-small -ImageFamily debian-cloud/debian-12")]
    public void WhatIf_changes_nothing(string command)
    {
        Run(command + " -WhatIf").MustSucceed();
        Run("$WhatIfPreference = $true; " + command).MustSucceed();

        Assert.Empty(Changes());
    }

    private static IReadOnlyList<object> GetAccounts(PSObject instance) => [.. ((System.Collections.IEnumerable)instance.Properties["ServiceAccounts"].Value).Cast<object>()];

    private EmulatedInstance Machine() => Cloud.State.Instances.Find(ZoneB, "demo-vm")!;

    private void Touch(int count) => Cloud.State.Instances.Update(
        ZoneB, "demo-vm", i => i with { Metadata = i.Metadata.SetItem("theirs", count.ToString(System.Globalization.CultureInfo.InvariantCulture)) });
}
