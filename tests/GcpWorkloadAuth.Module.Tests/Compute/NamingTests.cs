using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Compute;

/// <summary>Which machine a changing cmdlet means.</summary>
public sealed class NamingTests : FleetTest
{
    // GoogleCloudPlatform/google-cloud-powershell#128: machines of the wrong project were deleted.
    [Theory]
    [InlineData("Get-GceInstance fleet-00 -Project other-project | Remove-GceInstance -Force")]
    [InlineData("Get-GceInstance fleet-00 -Project other-project | Remove-GceInstance -Force -Project demo-project -Zone europe-west1-b")]
    [InlineData("Remove-GceInstance (Get-GceInstance fleet-00 -Project other-project) -Force -Project demo-project")]
    [InlineData("Remove-GceInstance -InputObject (Get-GceInstance fleet-00 -Project other-project) -Force")]
    [InlineData("[pscustomobject]@{ Name = 'fleet-00'; Project = 'other-project'; Zone = 'europe-west1-c' } | Remove-GceInstance -Force -Project demo-project")]
    [InlineData("Remove-GceInstance projects/other-project/zones/europe-west1-c/instances/fleet-00 -Force")]
    public void The_piped_machine_s_own_project_and_zone_win(string command)
    {
        Cloud.State.AddProject("other-project", 42);
        AddFleet(1, zone: "europe-west1-c", project: "other-project");
        AddFleet(1);

        Run(command).MustSucceed();

        Assert.Null(StatusOf("fleet-00", "europe-west1-c", "other-project"));
        Assert.Equal("RUNNING", StatusOf("fleet-00"));
    }

    [Fact]
    public void A_name_in_several_zones_is_refused_and_nothing_touched()
    {
        AddFleet(1);
        AddFleet(1, zone: "us-central1-a");

        RunResult result = Run("Stop-GceInstance fleet-00");

        ErrorRecord error = result.SingleError("AmbiguousName", ErrorCategory.InvalidArgument);
        Assert.Contains("demo-project/europe-west1-b, demo-project/us-central1-a", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("fleet-00", error.TargetObject);
        Assert.Empty(Changes());
        Run("Stop-GceInstance fleet-00 -Zone us-central1-a").MustSucceed();
        Assert.Equal(("RUNNING", "TERMINATED"), (StatusOf("fleet-00"), StatusOf("fleet-00", "us-central1-a")));
    }

    [Theory]
    [InlineData("Stop-GceInstance nobody", "InstanceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Stop-GceInstance fleet-00 -Zone us-central1-a", "InstanceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Stop-GceInstance fleet-00 -Zone nowhere1-a", "ZoneNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Stop-GceInstance fleet-00 -Zone UPPER", "ZoneInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Stop-GceInstance fleet-00 -Project no-such-project", "ProjectNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Stop-GceInstance 'fleet-*'", "InstanceNameInvalid", ErrorCategory.InvalidArgument)]
    public void What_is_not_there_is_named(string command, string id, ErrorCategory category)
    {
        AddFleet(1);

        Run(command).SingleError(id, category);

        Assert.Equal("RUNNING", StatusOf("fleet-00"));
    }

    [Fact]
    public void A_partial_list_warns_before_anything_is_done()
    {
        AddFleet(1);
        Cloud.State.Instances.SetUnreachable("us-central1-a");

        RunResult result = Run("Stop-GceInstance fleet-00 -WarningAction Stop");

        Assert.NotEmpty(result.Errors);
        Assert.Empty(Changes());
    }

    [Fact]
    public void What_comes_back_from_a_job_is_understood()
    {
        AddFleet(1, zone: "us-central1-a");
        AddFleet(1);

        Run("$x = [System.Management.Automation.PSSerializer]::Serialize((Get-GceInstance fleet-00 -Zone us-central1-a)); "
            + "[System.Management.Automation.PSSerializer]::Deserialize($x) | Stop-GceInstance").MustSucceed();

        Assert.Equal(("RUNNING", "TERMINATED"), (StatusOf("fleet-00"), StatusOf("fleet-00", "us-central1-a")));
    }

    [Fact]
    public void An_object_of_another_type_is_refused()
    {
        RunResult result = Run("Get-GcpProject demo-project | Stop-GceInstance");

        Assert.NotEmpty(result.Errors);
        Assert.Empty(Changes());
    }
}
