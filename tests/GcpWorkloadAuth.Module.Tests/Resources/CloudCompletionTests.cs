using System.Diagnostics;
using System.Management.Automation;
using GcpEmulator;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Resources;

/// <summary>Names that the Tab key asks the cloud for.</summary>
public sealed class CloudCompletionTests : ResourceTest
{
    [Theory]
    [InlineData("Get-GceInstance -Project demo", "demo-project")]
    [InlineData("Set-GcpContext -Project demo", "demo-project")]
    [InlineData("Get-GcsBucket -Project demo", "demo-project")]
    [InlineData("Get-GceInstance -Zone europe-west1-", "europe-west1-b,europe-west1-c,europe-west1-d")]
    [InlineData("Stop-GceInstance demo-vm -Zone us-central1-f", "us-central1-f")]
    [InlineData("New-GceInstance x -Zone us-central1-f", "us-central1-f")]
    [InlineData("Get-GceInstance demo", "demo-vm")]
    [InlineData("Stop-GceInstance -Name demo", "demo-vm")]
    [InlineData("Start-GceInstance -Zone us-central1-a -Name demo", "")]
    [InlineData("Get-GceDisk -Region us-ea", "us-east1")]
    [InlineData("Set-GceInstanceMachineType demo-vm -MachineType e2-m", "e2-medium,e2-micro")]
    [InlineData("New-GceInstance x -Zone us-central1-a -MachineType c3", "c3-standard-8")]
    [InlineData("New-GceInstance x -Network de", "default")]
    [InlineData("Get-GceImage -Family gol", "golden")]
    [InlineData("Get-GceImage -Family debian-cloud/debian-12", "debian-cloud/debian-12,debian-cloud/debian-12-arm64")]
    [InlineData("New-GceInstance x -ImageFamily windows-c", "windows-cloud/")]
    [InlineData("Get-GceImage -Project debian-cloud -Family debian-12", "debian-12,debian-12-arm64")]
    [InlineData("Get-GceImage -Project win", "windows-cloud,windows-sql-cloud")]
    public void Names_of_the_cloud_are_offered(string line, string expected)
    {
        // The first time the token is fetched and the code is compiled: that may take longer than the Tab key waits.
        string[] wanted = expected.Split(',', StringSplitOptions.RemoveEmptyEntries);
        List<string> texts = Texts(line);
        for (int i = 0; i < 20 && texts.Count < wanted.Length; i++)
        {
            texts = Texts(line);
        }

        Assert.Equal(wanted, texts);
        Assert.Empty(Run("$Error | ForEach-Object { $_.Exception.ToString() }").Output);
    }

    [Fact]
    public void They_are_asked_for_once_a_session_and_place()
    {
        Run("Get-GceZone europe-west1-b").MustSucceed();
        Wait("Get-GceInstance -Zone ", 30);
        int before = Cloud.Requests.Count();

        Assert.NotEmpty(Texts("Stop-GceInstance x -Zone "));
        Assert.NotEmpty(Texts("Get-GceDisk -Zone europe"));
        Assert.Equal(before, Cloud.Requests.Count());

        Run("$null = Connect-GcpAccount -Name other -SkipValidation").MustSucceed();
        Wait("Get-GceInstance -Context other -Zone ", 30);
        Assert.True(Cloud.Requests.Count() > before, "another session must not see the first one's names");
    }

    [Fact]
    public void What_hangs_is_waited_for_no_longer_than_a_hand_on_the_key()
    {
        Run("Get-GceZone europe-west1-b").MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "/compute/*", Hang = true });
        Stopwatch watch = Stopwatch.StartNew();

        Assert.Empty(Texts("Get-GceInstance -Zone zzz"));

        // The patience is 0.8 s; a server that hangs would be waited for ten.
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8));
        Assert.Empty(Run("$Error | ForEach-Object { $_.Exception.ToString() }").Output);
    }

    [Fact]
    public void A_refusal_is_silent()
    {
        Run("Get-GceZone europe-west1-b").MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "/compute/*", Status = 403, Body = GoogleErrors.ServiceDisabled("compute.googleapis.com") });

        Assert.Empty(Texts("Get-GceInstance -Zone "));
        Assert.Empty(Texts("Get-GceInstance -Context no-such-context -Zone "));
        Assert.Empty(Run("$Error | ForEach-Object { $_.Exception.ToString() }").Output);
    }

    private void Wait(string line, int count)
    {
        for (int i = 0; i < 20 && Texts(line).Count < count; i++)
        {
        }

        Assert.True(Texts(line).Count >= count, line);
    }

    // Where nothing of ours fits, PowerShell offers files.
    private List<string> Texts(string line)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = Shell.Runspace;
        return [.. CommandCompletion.CompleteInput(line, line.Length, [], shell).CompletionMatches
            .Where(c => c.ResultType == CompletionResultType.ParameterValue).Select(c => c.CompletionText)];
    }
}
