using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Compute;

/// <summary>New-GceInstance, New-GceInstanceConfig, and the inside of machines.</summary>
public sealed class CreationTests : FleetTest
{
    private const string Debian = " -Zone europe-west1-b -MachineType e2-small -ImageFamily debian-cloud/debian-12";

    [Fact]
    public void A_machine_is_what_was_asked_for()
    {
        string script = Environment.WriteFile("setup.ps1", "Write-Host hi");

        RunResult result = Run(
            "New-GceInstance new-1 -Zone europe-west1-b -MachineType e2-small -ImageFamily windows-cloud/windows-2022 -BootDiskSize 77 "
            + "-ExternalIP none -Tag web -Label @{ env = 'x' } -Metadata @{ k = 'v' } -Spot -SecureBoot -StartupScript $args[0] "
            + "-ServiceAccount " + Account + " -Property @{ description = 'mine' }", script).MustSucceed();

        Assert.Equal("RUNNING", result.Property("Status"));
        Assert.Equal("e2-small", result.Property("MachineType"));
        Assert.Null(result.Property("ExternalIP"));
        Assert.Equal("mine", result.Property("Description"));
        EmulatedInstance made = Cloud.State.Instances.Find(ZoneB, "new-1")!;
        Assert.Equal("Write-Host hi", made.Metadata["windows-startup-script-ps1"]);
        Assert.Equal(("v", "x", "web"), (made.Metadata["k"], made.Labels["env"], Assert.Single(made.Tags)));
        Assert.Equal(Account, Assert.Single(made.ServiceAccounts).Email);
        Assert.Equal("SPOT", made.Extra!["scheduling"]!["provisioningModel"]!.ToString());
        Assert.Equal("True", made.Extra["shieldedInstanceConfig"]!["enableSecureBoot"]!.ToString(), ignoreCase: true);
        Assert.Equal("77", made.Extra["disks"]![0]!["diskSizeGb"]!.ToString());
    }

    [Fact]
    public void A_configuration_makes_many_also_from_a_job()
    {
        RunResult result = Run(
            "$c = New-GceInstanceConfig -MachineType e2-small -ImageFamily debian-cloud/debian-12 -ExternalIP none; "
            + "$x = [System.Management.Automation.PSSerializer]::Serialize($c); $c | New-GceInstance a-1, a-2 -Zone europe-west1-b; "
            + "[System.Management.Automation.PSSerializer]::Deserialize($x) | New-GceInstance 'b-##' -Zone europe-west1-b -Count 3").MustSucceed();

        Assert.Equal(["a-1", "a-2", "b-01", "b-02", "b-03"], result.Strings().Order(StringComparer.Ordinal));
        Assert.Equal(1, Changes().Count(c => c.Path.EndsWith("/bulkInsert", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_can_be_made_of_many_is_made_and_the_rest_is_an_error()
    {
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "bulkInsert", Error = new("QUOTA_EXCEEDED"), FailAfter = 2 });

        RunResult result = Run("New-GceInstance 'many-#' -Count 5" + Debian);

        ErrorRecord error = result.SingleError("OperationQuotaExceeded", ErrorCategory.LimitsExceeded);
        Assert.Equal("QUOTA_EXCEEDED", error.Exception.GetType().GetProperty("Reason")!.GetValue(error.Exception));
        Assert.Equal(2, result.Output.Count);
    }

    [Theory]
    [InlineData("QUOTA_EXCEEDED", "OperationQuotaExceeded", ErrorCategory.LimitsExceeded)]
    [InlineData("ZONE_RESOURCE_POOL_EXHAUSTED", "OperationPoolExhausted", ErrorCategory.ResourceUnavailable)]
    [InlineData("RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "OperationResourceInUse", ErrorCategory.InvalidOperation)]
    [InlineData("SOMETHING_NEW", "OperationFailed", ErrorCategory.InvalidArgument)]
    public void Google_s_codes_are_told(string code, string id, ErrorCategory category)
    {
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "insert", Error = new(code) });

        ErrorRecord error = Run("New-GceInstance new-1" + Debian).SingleError(id, category);

        Assert.Contains("new-1", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("(" + code + ")", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_taken_is_named() =>
        Run("New-GceInstance demo-vm" + Debian).SingleError("InstanceExists", ErrorCategory.ResourceExists);

    [Fact]
    public void The_same_request_id_is_done_once()
    {
        const string Id = " -RequestId 11111111-2222-4333-8444-555555555555";
        AddFleet(2);

        Run("New-GceInstance new-1" + Debian + Id + "; New-GceInstance new-1" + Debian + Id).MustSucceed();
        Run("Restart-GceInstance fleet-00, fleet-01 -Zone europe-west1-b" + Id + "; Restart-GceInstance fleet-00, fleet-01 -Zone europe-west1-b" + Id).MustSucceed();

        Assert.Equal(2, Cloud.State.Compute.Operations.All.Count(o => o.Type == "reset"));
        Assert.Equal(1, Cloud.State.Compute.Operations.All.Count(o => o.Type == "insert"));
    }

    [Fact]
    public void A_windows_password_comes_as_a_credential_and_other_keys_stay()
    {
        string other = "{\"userName\":\"x\",\"modulus\":\"AA==\",\"exponent\":\"AQAB\",\"expireOn\":\"2999-01-01T00:00:00Z\"}";
        string old = "{\"userName\":\"y\",\"modulus\":\"AA==\",\"exponent\":\"AQAB\",\"expireOn\":\"2001-01-01T00:00:00Z\"}";
        EmulatedInstance windows = Cloud.State.Instances.All().Single(i => i.Name == "vm-00006");
        Cloud.State.Instances.Update(windows.Zone, windows.Name, i => i with { Metadata = i.Metadata.SetItem("windows-keys", old + "\n" + other) });

        RunResult result = Run("Reset-GceWindowsPassword vm-00006 -UserName admin2 -Force -Verbose").MustSucceed();

        PSCredential credential = result.Single<PSCredential>();
        string password = Cloud.State.Compute.Agent.PasswordOf(windows, "admin2")!;
        Assert.Equal(("admin2", password), (credential.UserName, credential.GetNetworkCredential().Password));
        Assert.DoesNotContain(password, result.AllText(), StringComparison.Ordinal);
        string keys = Cloud.State.Instances.Find(windows.Zone, windows.Name)!.Metadata["windows-keys"];
        Assert.Contains(other, keys, StringComparison.Ordinal);
        Assert.DoesNotContain("2001-01-01", keys, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_refuses_or_is_silent_is_named()
    {
        Cloud.State.Compute.Agent.ErrorMessage = "Password must be longer";
        Run("Reset-GceWindowsPassword vm-00006 -UserName admin2 -Force").SingleError("WindowsPasswordRefused", ErrorCategory.ResourceUnavailable);
        Cloud.State.Compute.Agent.Enabled = false;
        Run("Reset-GceWindowsPassword vm-00006 -UserName admin3 -Force -TimeoutSec 1").SingleError("WindowsPasswordTimedOut", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void The_serial_port_is_read_by_lines_and_followed()
    {
        EmulatedInstance machine = Cloud.State.Instances.Find(ZoneB, "demo-vm")!;
        Cloud.State.Compute.SerialPorts.Write(machine, 2, "one\r\ntwo\nthr");

        Assert.Equal(["one", "two", "thr"], Run("Get-GceSerialPortOutput demo-vm -Port 2").MustSucceed().Strings());
        Assert.Equal(["two", "thr"], Run("Get-GceSerialPortOutput demo-vm -Port 2 -Start 5").MustSucceed().Strings());
        using CancellationTokenSource stop = new();
        _ = Task.Delay(700, TestContext.Current.CancellationToken).ContinueWith(
            _ => Cloud.State.Compute.SerialPorts.Write(machine, 2, "ee\n"), TestContext.Current.CancellationToken);
        RunResult result = Run("$seen = @(); try { Get-GceSerialPortOutput demo-vm -Port 2 -Follow | ForEach-Object { $seen += $_; if ($_ -eq 'three') { throw 'enough' } } } catch { }; $seen").MustSucceed();
        Assert.Equal(["one", "two", "three"], result.Strings());
    }

    [Fact]
    public void Guest_attributes_are_read_from_outside()
    {
        Run("Get-GceGuestAttribute demo-vm").SingleError("InstanceGuestAttributesDisabled", ErrorCategory.InvalidOperation);
        Cloud.State.Machine.GuestAttributesEnabled = true;

        RunResult result = Run("Set-GceGuestAttribute setup state done; Get-GceGuestAttribute demo-vm setup/state").MustSucceed();

        Assert.Equal(("setup", "state", "done"), (result.Property("Namespace"), result.Property("Key"), result.Property("Value")));
        Run("Get-GceGuestAttribute demo-vm none/such").SingleError("GuestAttributeNotFound", ErrorCategory.ObjectNotFound);
    }
}
