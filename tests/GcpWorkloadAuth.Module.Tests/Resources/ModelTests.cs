using System.Management.Automation;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>What the objects hold.</summary>
public sealed class ModelTests : ResourceTest
{
    [Theory]
    [InlineData("Get-GceZone europe-west1-b", "{0.Region} {0.Status}", "europe-west1 UP")]
    [InlineData("Get-GceRegion us-central1", "$($one.Zones)", "us-central1-a us-central1-b us-central1-c us-central1-f")]
    [InlineData("(Get-GceRegion us-central1).Quotas | Where-Object Metric -eq INSTANCES", "$($one.Limit)", "6000")]
    [InlineData("Get-GceMachineType e2-medium -Zone europe-west1-b", "$($one.GuestCpus) $($one.MemoryGB) $($one.IsSharedCpu) $($one.Zone)", "2 4 True europe-west1-b")]
    [InlineData("Get-GceDisk data -Zone europe-west1-b", "$($one.SizeGB) $($one.Type) $($one.AttachedTo) $($one.Labels['env']) $($one.Region)", "50 pd-ssd demo-vm prod europe-west1")]
    [InlineData("Get-GceDisk shared", "$($one.ReplicaZones) $($one.Zone)$($one.Region)", "europe-west1-b europe-west1-c europe-west1")]
    [InlineData("Get-GceSnapshot data-1", "$($one.SourceDiskName) $($one.StorageBytes) $($one.GuestFlush)", "data 1234 True")]
    [InlineData("Get-GceNetwork default", "$($one.Mode) $($one.RoutingMode) $($one.Mtu) $($one.Subnetworks.Count)", "AUTO REGIONAL 1460 10")]
    [InlineData("Get-GceFirewall default-allow-ssh", "$($one.Action) $($one.Allowed) $($one.SourceRanges) $($one.Network) $($one.Priority)", "ALLOW tcp:22 0.0.0.0/0 default 65534")]
    [InlineData("Get-GceAddress front", "$($one.Address) $($one.Status)", "203.0.113.9 RESERVED")]
    [InlineData("Get-GceInstanceGroup web", "$($one.TargetSize) $($one.Ready) $($one.IsStable) $($one.Zone)", "2 2 True europe-west1-b")]
    [InlineData("Get-GceInstanceTemplate | Where-Object Name -like web*", "$($one.MachineType) $($one.Disks.Count) $($one.Location)", "e2-medium 1 global")]
    [InlineData("Get-GceProjectMetadata", "$($one.Project) $($one.Metadata['all']) $($one.MetadataFingerprint.Length -gt 0) $($one.DefaultServiceAccount)", "demo-project of-us True " + Account)]
    public void Values_are_where_they_belong(string script, string format, string expected)
    {
        Cloud.State.Machine.SetProjectAttribute("all", "of-us");
        string text = format.Replace("{0.", "$($one.", StringComparison.Ordinal).Replace("}", ")", StringComparison.Ordinal);

        Assert.Equal(expected, Assert.Single(Run($"$one = {script}; \"{text}\"").MustSucceed().Strings()));
    }

    [Fact]
    public void Members_come_with_their_errors()
    {
        var group = Cloud.State.Compute.Groups.Add("regions/us-central1", "broken", size: 1);
        Cloud.State.Compute.Groups.SetError(group, "broken-zzzz", new("QUOTA_EXCEEDED"));

        PSObject[] members = [.. Run("Get-GceInstanceGroup broken -Member").MustSucceed().Output];

        Assert.Equal(2, members.Length);
        Assert.All(members, m => Assert.Equal("broken", m.Properties["Group"].Value));
        Assert.All(members, m => Assert.Equal("us-central1", m.Properties["GroupRegion"].Value));
        PSObject missing = Assert.Single(members, m => m.ToString() == "broken-zzzz");
        Assert.Null(missing.Properties["Status"].Value);
        Assert.Equal("CREATING", missing.Properties["CurrentAction"].Value);
        Assert.Equal("QUOTA_EXCEEDED", Assert.Single(Run("(Get-GceInstanceGroup broken -Member | Where-Object { $_.Errors.Count }).Errors.Code").Strings()));
        Assert.Equal(["2"], Run("(Get-GceInstanceGroup web | Get-GceInstanceGroup -Member | Get-GceInstance).Count").MustSucceed().Strings());
        Assert.Equal(["2"], Run("(Get-GceInstanceGroup web -Member | Stop-GceInstance -PassThru).Count").MustSucceed().Strings());
    }

    [Fact]
    public void A_deprecated_image_comes_by_name_and_on_request()
    {
        Assert.Equal(["golden-1"], Run("Get-GceImage").MustSucceed().Strings());
        Assert.Equal(["golden-0", "golden-1"], Run("Get-GceImage 'golden*' -IncludeDeprecated").MustSucceed().Strings());
        Assert.Equal(["OBSOLETE"], Run("(Get-GceImage golden-0).DeprecationState").MustSucceed().Strings());
        Assert.Equal(["golden-1"], Run("Get-GceImage -Family golden").MustSucceed().Strings());
    }

    [Fact]
    public void Public_images_are_asked_of_their_projects()
    {
        Assert.Equal(["debian-12 debian-cloud"], Run("Get-GceImage -Family debian-12 -Project debian-cloud | ForEach-Object { \"$($_.Family) $($_.Project)\" }").MustSucceed().Strings());
        Assert.Equal(["debian-12"], Run("(Get-GceImage -Family debian-cloud/debian-12).Family").MustSucceed().Strings());
        Assert.NotEmpty(Run("Get-GceImage -Family 'debian-*' -Project debian-cloud").MustSucceed().Output);
    }
}
