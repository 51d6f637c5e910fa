using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>New-GceSnapshot, Remove-GceSnapshot.</summary>
public sealed class SnapshotChangeTests : ChangeTest
{
    [Fact]
    public void A_snapshot_is_taken_as_it_is_described()
    {
        PutDisk("data", 30);

        RunResult result = Run("New-GceSnapshot data -Name before -StorageLocation eu -Label @{ kind = 'nightly' } -Description 'x'").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceSnapshot", result.Output[0].TypeNames[0]);
        Assert.Equal(("before", "READY", 30L), (result.Property("Name"), result.Property("Status"), result.Property("DiskSizeGB")));
        JsonObject sent = SentBody();
        Assert.Equal("projects/demo-project/zones/europe-west1-b/disks/data", sent["sourceDisk"]!.ToString());
        Assert.Equal(("eu", "nightly"), (sent["storageLocations"]![0]!.ToString(), sent["labels"]!["kind"]!.ToString()));
        Assert.Null(sent["guestFlush"]);
    }

    [Theory]
    [InlineData("GuestFlush")]
    [InlineData("VSS")]
    public void The_guest_flushes_where_that_is_asked_for(string name)
    {
        Run($"$null = New-GceSnapshot demo-vm -Name flushed -Zone {ZoneB} -{name}").MustSucceed();
        Assert.Equal("true", SentBody()["guestFlush"]!.ToString());

        PutDisk("alone");
        Assert.Single(Run($"New-GceSnapshot alone -Name nothing -{name}").Errors);
        Assert.Null(Find("snapshots", "nothing", "global"));
    }

    [Fact]
    public void Disks_of_a_pipeline_get_names_of_their_own()
    {
        string longest = new('a', 63);
        PutDisk("data-1");
        PutDisk("data-2");
        PutDisk("data-2", scope: "zones/us-central1-a");
        PutDisk(longest);

        RunResult result = Run($"Get-GceDisk 'data-*', {longest} | New-GceSnapshot").MustSucceed();

        Assert.Equal(4, result.Output.Count);
        Assert.All(result.Strings(), n => Assert.Matches(@"^(data-[12]|a{47})-\d{8}-\d{6}(-2)?$", n));
        Assert.Equal(4, result.Strings().Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_piped_object_s_own_project_wins(bool isDeserialized)
    {
        Cloud.State.AddProject("other-project", 42);
        PutDisk("data", scope: "regions/europe-west1", project: "other-project");
        PSObject disk = Run("Get-GceDisk data -Project other-project").MustSucceed().Output[0];

        PSObject snapshot = Run("$args[0] | New-GceSnapshot -Name s -Project demo-project", isDeserialized ? Copy(disk) : disk).MustSucceed().Output[0];
        Assert.Equal("projects/other-project/regions/europe-west1/disks/data", SentBody()["sourceDisk"]!.ToString());
        Assert.NotNull(Find("snapshots", "s", "global", "other-project"));

        PutSnapshot("s");
        Run("$args[0] | Remove-GceSnapshot -Force -Project demo-project", isDeserialized ? Copy(snapshot) : snapshot).MustSucceed();
        Assert.Null(Find("snapshots", "s", "global", "other-project"));
        Assert.NotNull(Find("snapshots", "s", "global"));
    }

    [Theory]
    [InlineData("(Get-GceInstance 'fleet-*').Disks | New-GceSnapshot")]
    [InlineData("(Get-GceInstance 'fleet-*').Disks.Source | New-GceSnapshot")]
    [InlineData("Get-GceInstance 'fleet-*' | New-GceSnapshot -Disk { $_.Disks }")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-GceInstance 'fleet-*').Disks)) | New-GceSnapshot")]
    public void Attached_disks_can_be_piped(string script)
    {
        AddFleet(2);

        Assert.Equal(2, Run(script).MustSucceed().Output.Count);

        Assert.Equal(["fleet-00", "fleet-01"], Cloud.State.Compute.Resources.All("snapshots").Select(s => s.Json["sourceDisk"]!.ToString().Split('/')[^1]));
    }

    [Fact]
    public void A_restored_disk_has_its_snapshot_s_name_unless_another_is_given()
    {
        PutSnapshot("saved");

        Assert.Equal("saved", Run($"Get-GceSnapshot saved | New-GceDisk -Zone {ZoneB}").MustSucceed().Property("Name"));
        Assert.EndsWith("/snapshots/saved", Find("disks", "saved")!.Json["sourceSnapshot"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshots_are_removed_by_name_and_come_out_as_named()
    {
        PutSnapshot("s-1");
        PutSnapshot("s-2");

        Assert.Equal(["s-1", "s-2"], Run("'s-1', 's-2' | Remove-GceSnapshot -Force -PassThru").MustSucceed().Strings().Order(StringComparer.Ordinal));

        Assert.Empty(Cloud.State.Compute.Resources.All("snapshots"));
    }

    [Theory]
    [InlineData("New-GceSnapshot nothing", "GceResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-GceSnapshot data -Zone europe-west1-b -Name taken", "GceResourceExists", ErrorCategory.ResourceExists)]
    [InlineData("New-GceSnapshot nothing -Zone europe-west1-b -Name new", "ResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-GceSnapshot data -Label @{ UPPER = 1 }", "LabelInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("New-GceSnapshot data -Name UPPER", "ResourceNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Remove-GceSnapshot nothing -Force", "GceResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-GceSnapshot 't*' -Force", "ResourceNameInvalid", ErrorCategory.InvalidArgument)]
    public void What_cannot_be_is_named(string script, string id, ErrorCategory category)
    {
        PutDisk("data");
        PutSnapshot("taken");

        Run(script).SingleError(id, category);

        Assert.Single(Cloud.State.Compute.Resources.All("snapshots"));
    }

    [Fact]
    public void WhatIf_wins_and_removing_asks()
    {
        PutDisk("data");
        PutSnapshot("taken");

        Run("New-GceSnapshot data -WhatIf; Remove-GceSnapshot taken -Force -WhatIf").MustSucceed();
        Assert.NotEmpty(Run("Remove-GceSnapshot taken").Errors); // no host here can prompt

        Assert.Empty(Changes());
    }
}
