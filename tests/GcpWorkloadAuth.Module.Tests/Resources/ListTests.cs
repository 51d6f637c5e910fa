using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>What all cmdlets do that list what lies around instances.</summary>
public sealed class ListTests : ResourceTest
{
    /// <summary>The cmdlet, a name that is there, where it is, and a pattern that fits it.</summary>
    public static TheoryData<string, string, string, string> Cmdlets => new()
    {
        { "Get-GceZone", "europe-west1-b", "", "zones/europe-west1-b" },
        { "Get-GceRegion", "europe-west1", "", "regions/europe-west1" },
        { "Get-GceMachineType", "e2-medium", "-Zone europe-west1-b", "zones/europe-west1-b/machineTypes/e2-medium" },
        { "Get-GceImage", "golden-1", "", "global/images/golden-1" },
        { "Get-GceDisk", "data", "-Zone europe-west1-b", "zones/europe-west1-b/disks/data" },
        { "Get-GceDisk", "shared", "-Region europe-west1", "regions/europe-west1/disks/shared" },
        { "Get-GceSnapshot", "data-1", "", "global/snapshots/data-1" },
        { "Get-GceNetwork", "default", "", "global/networks/default" },
        { "Get-GceFirewallRule", "default-allow-ssh", "", "global/firewalls/default-allow-ssh" },
        { "Get-GceAddress", "front", "-Region europe-west1", "regions/europe-west1/addresses/front" },
        { "Get-GceAddress", "anycast", "-Global", "global/addresses/anycast" },
        { "Get-GceInstanceGroup", "web", "-Zone europe-west1-b", "zones/europe-west1-b/instanceGroupManagers/web" },
        { "Get-GceInstanceGroup", "spread", "-Region europe-west1", "regions/europe-west1/instanceGroupManagers/spread" },
    };

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_exact_name_in_its_place_is_one_direct_call(string cmdlet, string name, string place, string path)
    {
        PSObject found = Assert.Single(Run($"{cmdlet} {name} {place}").MustSucceed().Output);

        Assert.Equal(name, found.ToString());
        Assert.Equal("demo-project", found.Properties["Project"].Value);
        Assert.Equal(["demo-project/" + path], Asked());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void An_exact_name_that_is_not_there_is_an_error_of_its_own(string cmdlet, string name, string place, string path)
    {
        Assert.EndsWith(name, path, StringComparison.Ordinal);

        ErrorRecord error = Assert.Single(Run($"{cmdlet} no-such-thing {place}").Errors);

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("no-such-thing", error.TargetObject);
        Assert.StartsWith(cmdlet == "Get-GceZone" ? "ZoneNotFound" : "GceResourceNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("no-such-thing", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_name_without_its_place_is_found_and_missed_as_well(string cmdlet, string name, string place, string path)
    {
        Assert.EndsWith(name, path, StringComparison.Ordinal);
        Assert.NotNull(place);

        RunResult found = Run($"{cmdlet} {name}, no-such-thing");

        Assert.NotEmpty(found.Output);
        Assert.All(found.Strings(), text => Assert.Equal(name, text));
        Assert.Equal(ErrorCategory.ObjectNotFound, Assert.Single(found.Errors).CategoryInfo.Category);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Wildcards_match_and_no_match_is_no_error(string cmdlet, string name, string place, string path)
    {
        Assert.EndsWith(name, path, StringComparison.Ordinal);

        Assert.Contains(name, Run($"{cmdlet} '{name[..3].ToUpperInvariant()}*' {place}").MustSucceed().Strings());
        Assert.Empty(Run($"{cmdlet} 'no-such-*' {place}").MustSucceed().Output);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_comes_out_goes_in_again_live_and_from_a_job(string cmdlet, string name, string place, string path)
    {
        Assert.EndsWith(name, path, StringComparison.Ordinal);
        RunResult result = Run(
            $"$one = {cmdlet} {name} {place}; $one | {cmdlet}; "
            + $"[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($one)) | {cmdlet}").MustSucceed();

        Assert.Equal([name, name], result.Strings());

        // What is global says nothing of a place: it is found by its name.
        Assert.All(Asked(), p => Assert.Equal(place == "-Global" && p.Contains("aggregated", StringComparison.Ordinal) ? "demo-project/aggregated/addresses" : "demo-project/" + path, p));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_filter_is_the_servers(string cmdlet, string name, string place, string path)
    {
        Assert.EndsWith(name, path, StringComparison.Ordinal);

        Assert.Equal(name, Assert.Single(Run($"{cmdlet} -Filter 'name = {name}' {place}").MustSucceed().Strings()));
        Assert.Contains("filter=", Requests(EmulatedService.Compute)[^1].Query, StringComparison.Ordinal);
        Assert.Equal("InvalidArgument", Assert.Single(Run($"{cmdlet} 'No_Name' -Filter 'name = x' {place}").Errors).CategoryInfo.Category.ToString());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_project_that_is_not_there_is_an_error(string cmdlet, string name, string place, string path)
    {
        Assert.EndsWith(name, path, StringComparison.Ordinal);

        Assert.StartsWith("ProjectNotFound", Assert.Single(Run($"{cmdlet} -Project nobodys-project {place}").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("ProjectNotFound", Assert.Single(Run($"{cmdlet} {name} -Project nobodys-project {place}").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void All_places_come_in_one_list()
    {
        RunResult disks = Run("Get-GceDisk data, shared | ForEach-Object { \"$_ $($_.Location)\" }").MustSucceed();

        Assert.Equal(["data europe-west1-b", "data europe-west1-c", "shared europe-west1"], disks.Strings());
        Assert.Equal(["front europe-west1", "anycast global"], Run("Get-GceAddress front, anycast | ForEach-Object { \"$_ $($_.Location)\" }").Strings());
    }

    [Fact]
    public void All_pages_come_and_the_first_leaves_before_the_second_is_asked_for()
    {
        for (int i = 0; i < 600; i++)
        {
            Put("snapshots", "global", "many-" + i, "{}");
        }

        Func<int> asked = () => Requests(EmulatedService.Compute).Count;
        RunResult result = Run("$asked = $args[0]; $seen = @(); Get-GceSnapshot | ForEach-Object { $seen += $asked.Invoke() }; $seen.Count; $seen[0]; $seen[-1]", asked).MustSucceed();

        Assert.Equal(["602", "1", "2"], result.Strings());
    }

    [Fact]
    public void A_place_that_cannot_be_reached_is_one_warning()
    {
        Cloud.State.Instances.SetUnreachable("europe-west1-c");

        RunResult result = Run("Get-GceDisk 'data*'").MustSucceed();

        Assert.Equal(["data"], result.Strings());
        Assert.Contains("europe-west1-c", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("Get-GceDisk -WarningAction SilentlyContinue").MustSucceed().Warnings);
        Assert.Single(Run("Get-GceDisk -WarningAction Stop").Errors);
    }

    [Theory]
    [InlineData("Get-GceZone 'No Zone'", "ZoneInvalid")]
    [InlineData("Get-GceDisk 'no disk' -Zone europe-west1-b", "ResourceNameInvalid")]
    [InlineData("Get-GceDisk 'x OR name = y'", "ResourceNameInvalid")]
    [InlineData("Get-GceDisk -Zone ''", "ZoneInvalid")]
    [InlineData("Get-GceDisk -Region 'No Region'", "ResourceNameInvalid")]
    [InlineData("Get-GceDisk -Zone europe-west99-z", "ZoneNotFound")]
    [InlineData("Get-GceDisk -Region europe-west99", "GceResourceNotFound")]
    [InlineData("Get-GceImage -Family no-such-family", "GceResourceNotFound")]
    public void What_cannot_be_is_said_before_it_is_asked(string script, string errorId)
    {
        Assert.StartsWith(errorId + ",", Assert.Single(Run(script).Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
