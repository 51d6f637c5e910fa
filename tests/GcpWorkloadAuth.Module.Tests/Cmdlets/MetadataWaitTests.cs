using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GceMetadata -WaitForChange.</summary>
public sealed class MetadataWaitTests : CloudTest
{
    [Fact]
    public async Task The_new_value_is_emitted_when_it_changes()
    {
        Task<RunResult> waiting = Task.Run(() => Run("Get-GceMetadata attributes/greeting -WaitForChange"), TestContext.Current.CancellationToken);
        await WaitBeginsAsync();

        Cloud.State.Machine.SetInstanceAttribute("greeting", "changed");
        RunResult result = await waiting;

        Assert.Equal("changed", result.MustSucceed().Single<string>());
    }

    [Fact]
    public async Task A_change_elsewhere_does_not_end_the_wait()
    {
        Task<RunResult> waiting = Task.Run(() => Run("Get-GceMetadata attributes/greeting -WaitForChange"), TestContext.Current.CancellationToken);
        await WaitBeginsAsync();

        Cloud.State.Machine.SetInstanceAttribute("other", "x");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        Cloud.State.Machine.SetInstanceAttribute("greeting", "changed");

        Assert.Equal("changed", (await waiting).MustSucceed().Single<string>());
    }

    [Fact]
    public async Task A_directory_can_be_waited_for()
    {
        Task<RunResult> waiting = Task.Run(
            () => Run("(Get-GceMetadata instance/attributes/ -Recurse -WaitForChange).added"), TestContext.Current.CancellationToken);
        await WaitBeginsAsync();

        Cloud.State.Machine.SetInstanceAttribute("added", "yes");

        Assert.Equal(["yes"], (await waiting).MustSucceed().Strings());
    }

    [Fact]
    public void The_end_of_the_time_is_an_error()
    {
        RunResult result = Run("Get-GceMetadata attributes/greeting -WaitForChange -TimeoutSec 1");

        ErrorRecord error = result.SingleError("MetadataWaitTimedOut", ErrorCategory.OperationTimeout);
        Assert.Equal("attributes/greeting", error.TargetObject);
        Assert.Empty(result.Output);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_change_since_the_known_etag_is_emitted_at_once()
    {
        RunResult result = Run(
            """
            $machine = $args[0]
            $first = Get-GceMetadata attributes/greeting -ETagVariable etag
            $machine.SetInstanceAttribute('greeting', 'meanwhile')
            $first; Get-GceMetadata attributes/greeting -WaitForChange -LastETag $etag -ETagVariable etag2
            $etag.Length -gt 0; $etag -ne $etag2
            """, Cloud.State.Machine).MustSucceed();

        Assert.Equal(["hello", "meanwhile", "True", "True"], result.Strings());
        Assert.InRange(result.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_value_that_is_still_the_known_one_is_waited_for()
    {
        RunResult result = Run(
            """
            $null = Get-GceMetadata attributes/greeting -ETagVariable etag
            Get-GceMetadata attributes/greeting -WaitForChange -LastETag $etag -TimeoutSec 1
            """);

        result.SingleError("MetadataWaitTimedOut", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void The_etag_of_the_same_form_waits_without_asking_first()
    {
        Run("Get-GceMetadata attributes/greeting -WaitForChange -LastETag 0").MustSucceed();

        LoggedRequest request = Assert.Single(Cloud.Requests.All);
        Assert.Contains("wait_for_change=true", request.Query, StringComparison.Ordinal);
        Assert.Contains("last_etag=0", request.Query, StringComparison.Ordinal);
        Assert.Contains("timeout_sec=60", request.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_restarts_during_the_wait_does_not_end_it()
    {
        Cloud.Faults.Add(new Fault { QueryPattern = "*wait_for_change*", Status = 503, Times = 1 });
        Task<RunResult> waiting = Task.Run(() => Run("Get-GceMetadata attributes/greeting -WaitForChange"), TestContext.Current.CancellationToken);
        await WaitBeginsAsync(2);

        Cloud.State.Machine.SetInstanceAttribute("greeting", "changed");

        Assert.Equal("changed", (await waiting).MustSucceed().Single<string>());
    }

    [Fact]
    public async Task Ctrl_c_ends_the_wait_promptly_and_silently()
    {
        RunResult result = await Shell.StopAsync("Get-GceMetadata attributes/greeting -WaitForChange", WaitBeginsAsync());

        Assert.Equal(PSInvocationState.Stopped, result.State);
        Assert.Empty(result.Errors);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal("hello", Run("Get-GceMetadata attributes/greeting").MustSucceed().Single<string>());
    }

    [Fact]
    public void An_etag_variable_works_without_a_wait_and_is_the_callers()
    {
        RunResult result = Run("& { Get-GceMetadata instance/name -ETagVariable tag; $tag.Length -gt 0 }; $null -eq $tag").MustSucceed();

        Assert.Equal(["demo-vm", "True", "True"], result.Strings());
    }

    private async Task WaitBeginsAsync(int attempt = 1)
    {
        _ = Shell;
        int seen = 0;
        long last = 0;
        while (seen < attempt)
        {
            LoggedRequest request = await Cloud.Requests.WaitForAsync(
                r => r.Sequence > last && r.Query.Contains("wait_for_change=true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            last = request.Sequence;
            seen++;
        }
    }
}
