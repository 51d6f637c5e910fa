using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>New-GceDisk, Resize-GceDisk, Remove-GceDisk.</summary>
public sealed class DiskChangeTests : ChangeTest
{
    [Fact]
    public void A_disk_is_made_as_it_is_described()
    {
        RunResult result = Run($"New-GceDisk data -SizeGB 50 -Type pd-ssd -Zone {ZoneB} -Label @{{ env = 'test' }} -Description 'for tests'").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceDisk", result.Output[0].TypeNames[0]);
        Assert.Equal((50L, "READY", "pd-ssd"), (result.Property("SizeGB"), result.Property("Status"), result.Property("Type")));
        JsonObject disk = Find("disks", "data")!.Json;
        Assert.Equal(("test", "for tests"), (disk["labels"]!["env"]!.ToString(), disk["description"]!.ToString()));
        Assert.Matches("requestId=[0-9a-f-]{36}", Changes().Single().Query);
    }

    [Fact]
    public void Many_are_made_side_by_side_in_the_session_s_zone()
    {
        Cloud.State.Compute.Operations.Duration = TimeSpan.FromMilliseconds(300);

        Assert.Equal(4, Run($"$null = Set-GcpContext -Zone {ZoneB}; New-GceDisk a, b, c, d -SizeGB 10").MustSucceed().Output.Count);

        // All were asked for before any was waited for.
        LoggedRequest wait = Requests(EmulatedService.Compute).First(r => r.Path.EndsWith("/wait", StringComparison.Ordinal));
        Assert.All(Changes(), c => Assert.True(c.Sequence < wait.Sequence));
    }

    [Fact]
    public void An_image_a_family_or_a_snapshot_can_be_the_source()
    {
        PutSnapshot("saved");

        Run($"$null = New-GceDisk one -ImageFamily debian-cloud/debian-12 -Zone {ZoneB}; $null = Get-GceSnapshot saved | New-GceDisk -Name two -Zone {ZoneB}; $null = New-GceDisk three -Snapshot saved -Zone {ZoneB}").MustSucceed();

        Assert.Contains("debian-12", Find("disks", "one")!.Json["sourceImage"]!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("/snapshots/saved", Find("disks", "two")!.Json["sourceSnapshot"]!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("/snapshots/saved", Find("disks", "three")!.Json["sourceSnapshot"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_regional_disk_lives_in_two_zones()
    {
        RunResult result = Run("New-GceDisk both -SizeGB 200 -Type pd-balanced -Region europe-west1 -ReplicaZone europe-west1-b, europe-west1-c").MustSucceed();

        Assert.Equal(("europe-west1", null), (result.Property("Region"), result.Property("Zone")));
        Assert.EndsWith("/regions/europe-west1/diskTypes/pd-balanced", SentBody()["type"]!.ToString(), StringComparison.Ordinal);
        Run("Resize-GceDisk both -SizeGB 300; Get-GceDisk both | Remove-GceDisk -Force").MustSucceed();
        Assert.Null(Find("disks", "both", "regions/europe-west1"));
    }

    [Theory]
    [InlineData("New-GceDisk d -Zone europe-west1-b -Region europe-west1", "ParametersExclude", ErrorCategory.InvalidArgument)]
    [InlineData("New-GceDisk d -Zone europe-west1-b -ReplicaZone europe-west1-b", "ParametersExclude", ErrorCategory.InvalidArgument)]
    [InlineData("New-GceDisk d -Zone europe-west1-b -Image a -Snapshot b", "ParametersExclude", ErrorCategory.InvalidArgument)]
    [InlineData("New-GceDisk d -Zone europe-west1-b -Label @{ UPPER = 'x' }", "LabelInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("New-GceDisk Upper -Zone europe-west1-b", "ResourceNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Resize-GceDisk 'da*' -SizeGB 20", "ResourceNameInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Resize-GceDisk nothing -SizeGB 20", "GceResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Resize-GceDisk data -SizeGB 10", "DiskCannotShrink", ErrorCategory.InvalidArgument)]
    [InlineData("Resize-GceDisk data -SizeGB 10 -Zone europe-west1-b", "DiskCannotShrink", ErrorCategory.InvalidArgument)]
    [InlineData("Remove-GceDisk nothing -Force", "GceResourceNotFound", ErrorCategory.ObjectNotFound)]
    public void Nothing_is_sent_for_what_cannot_be(string script, string id, ErrorCategory category)
    {
        PutDisk("data");

        Run(script).SingleError(id, category);

        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("New-GceDisk data -Zone europe-west1-b -SizeGB 10", "GceResourceExists", ErrorCategory.ResourceExists)]
    [InlineData("New-GceDisk new -Zone europe-west1-b -Snapshot nothing", "ResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-GceDisk new -Zone nowhere1-a", "ZoneNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-GceDisk nothing -Zone europe-west1-b -Force", "GceResourceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Remove-GceDisk demo-vm -Force", "ResourceInUse", ErrorCategory.InvalidOperation)]
    [InlineData("Remove-GceDisk data -Project no-such-project -Zone europe-west1-b -Force", "ProjectNotFound", ErrorCategory.ObjectNotFound)]
    public void What_the_server_refuses_is_named(string script, string id, ErrorCategory category)
    {
        PutDisk("data");

        Run(script).SingleError(id, category);

        Assert.NotNull(Find("disks", "data"));
    }

    [Fact]
    public void A_smaller_size_of_a_piped_disk_is_refused_without_any_request()
    {
        PutDisk("data", 100);
        PSObject disk = Run("Get-GceDisk data").MustSucceed().Output[0];
        Cloud.Requests.Clear();

        Run("$args[0] | Resize-GceDisk -SizeGB 99", disk).SingleError("DiskCannotShrink", ErrorCategory.InvalidArgument);
        Run("$args[0] | Resize-GceDisk -SizeGB 99", Copy(disk)).SingleError("DiskCannotShrink", ErrorCategory.InvalidArgument);

        Assert.Empty(Cloud.Requests.All);
    }

    [Fact]
    public void Disks_grow_and_those_that_have_the_size_are_left_alone()
    {
        PutDisk("data-1", 20);
        PutDisk("data-2", 50);

        RunResult result = Run("Get-GceDisk 'data-*' | Resize-GceDisk -SizeGB 50 -PassThru").MustSucceed();

        Assert.Equal([50L, 50L], result.Output.Select(o => o.Properties["SizeGB"].Value));
        Assert.Equal("50", SentBody()["sizeGb"]!.ToString());
        Assert.Contains("/disks/data-1/resize", Changes().Single().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_piped_disk_s_own_project_and_zone_win(bool isDeserialized)
    {
        Cloud.State.AddProject("other-project", 42);
        PutDisk("data", scope: "zones/europe-west1-c", project: "other-project");
        PutDisk("data");
        PSObject disk = Run("Get-GceDisk data -Project other-project").MustSucceed().Output[0];

        RunResult result = Run($"$args[0] | Remove-GceDisk -Force -PassThru -Project demo-project -Zone {ZoneB}", isDeserialized ? Copy(disk) : disk).MustSucceed();

        Assert.Equal("other-project", result.Property("Project"));
        Assert.Null(Find("disks", "data", "zones/europe-west1-c", "other-project"));
        Assert.NotNull(Find("disks", "data"));
    }

    [Fact]
    public void A_name_in_several_places_is_refused_and_nothing_touched()
    {
        PutDisk("data");
        PutDisk("data", scope: "regions/us-central1");

        ErrorRecord error = Run("Remove-GceDisk data -Force").SingleError("AmbiguousName", ErrorCategory.InvalidArgument);
        Assert.Contains("demo-project/europe-west1-b, demo-project/us-central1", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Changes());

        Run("Remove-GceDisk data -Region us-central1 -Force").MustSucceed();
        Run("Remove-GceDisk data -Force").MustSucceed(); // one is left
        Assert.Null(Find("disks", "data"));
    }

    [Fact]
    public void WhatIf_wins_over_Force_and_removing_asks()
    {
        PutDisk("data");

        Run($"New-GceDisk new -Zone {ZoneB} -WhatIf; Resize-GceDisk data -SizeGB 30 -WhatIf; Remove-GceDisk data -Force -WhatIf").MustSucceed();
        Assert.NotEmpty(Run("Remove-GceDisk data").Errors); // no host here can prompt

        Assert.Empty(Changes());
    }

    [Fact]
    public void NoWait_emits_operations_and_the_same_id_does_it_once()
    {
        PutDisk("data");
        const string Script = "Resize-GceDisk data -SizeGB 30 -Zone europe-west1-b -NoWait -RequestId 3e3c4aa2-6c2e-4c58-8f9c-0a3e6a1d8c11";

        RunResult first = Run(Script).MustSucceed();
        RunResult again = Run(Script).MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GceOperation", first.Output[0].TypeNames[0]);
        Assert.Equal(first.Property("Name"), again.Property("Name"));
    }

    [Fact]
    public void A_failed_operation_is_told_for_its_disk_and_the_others_go_on()
    {
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "insert", Target = "d-2", Error = new("QUOTA_EXCEEDED") });

        RunResult result = Run($"New-GceDisk d-1, d-2, d-3 -SizeGB 10 -Zone {ZoneB}");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("OperationQuotaExceeded", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("d-2", error.TargetObject);
        Assert.Equal(["d-1", "d-3"], result.Strings().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_operation_that_vanishes_is_looked_up_at_the_disk()
    {
        Cloud.State.Compute.Operations.Plan(new OperationPlan { Type = "delete", Vanish = true });
        PutDisk("data");

        RunResult result = Run("Remove-GceDisk data -Force");

        Assert.Equal(Find("disks", "data") is null, result.Errors.Count == 0);
    }

    [Fact]
    public void The_time_limit_leaves_the_operation_alone()
    {
        Cloud.State.Compute.Operations.Durations["delete"] = Timeout.InfiniteTimeSpan;
        PutDisk("data");

        ErrorRecord error = Run("Remove-GceDisk data -Force -TimeoutSec 1").SingleError("OperationTimedOut", ErrorCategory.OperationTimeout);

        Assert.Contains("Wait-GceOperation", error.ErrorDetails?.RecommendedAction ?? error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_of_another_type_is_refused()
    {
        PutDisk("demo-vm");

        Assert.NotEmpty(Run("Get-GceInstance demo-vm | Remove-GceDisk -Force").Errors);
        Assert.NotEmpty(Run("Get-GceDisk demo-vm -Zone europe-west1-b | Remove-GceSnapshot -Force").Errors);

        Assert.Empty(Changes());
    }
}
