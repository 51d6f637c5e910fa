using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>Add-GceInstanceDisk, Remove-GceInstanceDisk.</summary>
public sealed class AttachedDiskTests : ChangeTest
{
    [Fact]
    public void A_disk_is_attached_under_its_own_name()
    {
        PutDisk("data");

        RunResult result = Run("Add-GceInstanceDisk demo-vm data -PassThru").MustSucceed();

        JsonObject sent = SentBody();
        Assert.Equal("projects/demo-project/zones/europe-west1-b/disks/data", sent["source"]!.ToString());
        Assert.Equal(("data", "READ_WRITE", "false"), (sent["deviceName"]!.ToString(), sent["mode"]!.ToString(), sent["autoDelete"]!.ToString()));
        Assert.Equal(["demo-vm", "data"], ((IEnumerable<object>)result.Property("Disks")!).Select(d => d.ToString()!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Name_mode_and_end_can_be_chosen_and_disks_piped_around(bool isDeserialized)
    {
        AddFleet(3);
        PutDisk("data");
        PSObject disk = Run("Get-GceDisk data").MustSucceed().Output[0];

        Run("Get-GceInstance 'fleet-*' | Add-GceInstanceDisk -Disk $args[0] -DeviceName shared -Mode read_only -AutoDelete", isDeserialized ? Copy(disk) : disk).MustSucceed();

        Assert.Equal(3, Changes().Count);
        Assert.All(Changes(), c =>
        {
            JsonNode sent = JsonNode.Parse(c.Body!)!;
            Assert.Equal(("shared", "READ_ONLY", "true"), (sent["deviceName"]!.ToString(), sent["mode"]!.ToString(), sent["autoDelete"]!.ToString()));
            Assert.EndsWith("/zones/europe-west1-b/disks/data", sent["source"]!.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(3, Find("disks", "data")!.Json["users"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("Remove-GceInstanceDisk demo-vm data -Force")]
    [InlineData("Get-GceInstance demo-vm | Remove-GceInstanceDisk -Disk (Get-GceDisk data) -Force")]
    [InlineData("Remove-GceInstanceDisk demo-vm -DeviceName other -Force")]
    public void A_disk_is_detached_by_its_name_or_the_device_s(string script)
    {
        PutDisk("data");
        Run("Add-GceInstanceDisk demo-vm data -DeviceName other").MustSucceed();

        Run(script).MustSucceed();

        Assert.Contains("deviceName=other", Changes()[^1].Query, StringComparison.Ordinal);
        Assert.NotNull(Find("disks", "data"));
        Assert.Null(Find("disks", "data")!.Json["users"]);
    }

    [Theory]
    [InlineData("Add-GceInstanceDisk vm-00004 data", "ResourceInUse", ErrorCategory.InvalidOperation)]
    [InlineData("Add-GceInstanceDisk demo-vm nothing", "ResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Add-GceInstanceDisk nobody data", "InstanceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-GceInstanceDisk demo-vm nothing -Force", "AttachedDiskNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-GceInstanceDisk demo-vm -DeviceName data -Force", "AttachedDiskNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-GceInstanceDisk demo-vm demo-vm -Force", "InstanceWrongState", ErrorCategory.InvalidOperation)]
    public void What_cannot_be_is_named(string script, string id, ErrorCategory category)
    {
        PutDisk("data");
        Run("Add-GceInstanceDisk demo-vm data -DeviceName other").MustSucceed();

        Run(script).SingleError(id, category);

        Assert.Single(Find("disks", "data")!.Json["users"]!.AsArray());
    }

    [Fact]
    public void A_disk_that_is_missing_by_404_is_not_taken_for_the_instance()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/attachDisk", Status = 404, Body = """{"error":{"code":404,"message":"The resource 'projects/demo-project/zones/europe-west1-b/disks/nothing' was not found","errors":[{"reason":"notFound"}]}}""" });

        Assert.Contains("/disks/nothing", Run("Add-GceInstanceDisk demo-vm nothing").SingleError("ResourceNotFound", ErrorCategory.ObjectNotFound).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_wins_and_detaching_asks()
    {
        PutDisk("data");

        Run("Add-GceInstanceDisk demo-vm data -WhatIf; Remove-GceInstanceDisk demo-vm demo-vm -Force -WhatIf").MustSucceed();
        Assert.NotEmpty(Run("Remove-GceInstanceDisk demo-vm demo-vm").Errors); // no host here can prompt

        Assert.Empty(Changes());
    }

    [Fact]
    public void A_lost_answer_is_asked_for_again_under_the_same_id()
    {
        PutDisk("data");
        Cloud.Faults.Add(new Fault { PathPattern = "*/attachDisk", LoseAnswer = true, Times = 1 });

        Run("Add-GceInstanceDisk demo-vm data").MustSucceed();

        Assert.Equal(2, Changes().Count);
        Assert.Single(Changes().Select(c => c.Query).Distinct());
    }
}
