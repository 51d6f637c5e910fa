using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>
/// A downstream cmdlet that waits for async code on the pipeline thread. Its continuations go to the SynchronizationContext it
/// finds there: if that were ours, they would wait for the thread that waits for them.
/// </summary>
public sealed class DownstreamTests : CloudTest
{
    [Theory]
    [InlineData("Get-GcsBucket", 3)]
    [InlineData("Get-GceInstance", 5)]
    [InlineData("Get-GceAccessToken", 1)]
    [InlineData("Get-GceMetadata instance/attributes/", 2)]
    [InlineData("Get-GceServiceAccount", 1)]
    [InlineData("Get-GcpContext", 1)]
    [InlineData("Connect-GcpAccount", 1)]
    [InlineData("Set-GcpContext -Zone us-east1-b -PassThru", 1)]
    [InlineData("Select-GcpContext default -PassThru", 1)]
    public void Output_can_be_waited_upon(string command, int count)
    {
        Run("Import-Module -Assembly $args[0]", typeof(WaitAsyncWorkCommand).Assembly).MustSucceed();

        Assert.Equal(count, Run(command + " | Wait-AsyncWork").MustSucceed().Output.Count);
    }

    [Fact]
    public void Warnings_and_verbose_lines_and_errors_can_be_waited_upon()
    {
        Run("Import-Module -Assembly $args[0]", typeof(WaitAsyncWorkCommand).Assembly).MustSucceed();
        Cloud.State.Instances.SetUnreachable("us-east1-b");

        RunResult result = Run("Get-GceInstance -Project no-such-project, demo-project -Verbose *>&1 | Wait-AsyncWork");

        Assert.Contains(result.Output, o => o.BaseObject is WarningRecord);
        Assert.Contains(result.Output, o => o.BaseObject is VerboseRecord);
        Assert.Contains(result.Output, o => o.BaseObject is ErrorRecord);
        Assert.Contains(result.Output, o => o.TypeNames[0].EndsWith("GceInstance", StringComparison.Ordinal));
    }

    [Fact]
    public void A_downstream_cmdlet_of_ours_works_inside_an_upstream_one()
    {
        RunResult result = Run("Get-GceInstance | ForEach-Object { (Get-GcsBucket).Count; Get-GceAccessToken -ForceRefresh -AsPlainText } ").MustSucceed();

        Assert.Equal(10, result.Output.Count);
        Assert.Equal(5, Requests(EmulatedService.Storage).Count);
    }
}

/// <summary>Passes its input on after waiting for async code as a careless author writes it.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AsyncWork")]
public sealed class WaitAsyncWorkCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WorkAsync().GetAwaiter().GetResult();
        WriteObject(InputObject);
    }

    private static async Task WorkAsync()
    {
        await Task.Delay(50);
        await Task.Yield();
    }
}
