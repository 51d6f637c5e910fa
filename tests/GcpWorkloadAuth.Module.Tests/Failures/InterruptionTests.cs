using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>Ctrl+C in the middle of a hang: it ends promptly, without an error, and the session is still good.</summary>
public sealed class InterruptionTests : FailureTest
{
    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("Get-GceAccessToken", "*/token")]
    [InlineData("Connect-GcpAccount", "*/token")]
    [InlineData("Get-GceMetadata instance/name", "*/instance/name")]
    [InlineData("Get-GceServiceAccount", "*/service-accounts/")]
    [InlineData("Get-GcpContext", "*/project-id")]
    [InlineData("Get-GceInstance -Current", "*/instance/zone")]
    [InlineData("Get-GcsBucket", "*/project-id")]
    [InlineData("Get-GcsBucket demo-bucket", "*/token")]
    [InlineData("Get-GcsBucket", "/storage/*")]
    [InlineData("Get-GcsBucket demo-bucket", "/storage/*")]
    [InlineData("'demo-bucket' | Get-GcsBucket", "/storage/*")]
    [InlineData("Get-GceInstance", "/compute/*")]
    [InlineData("Get-GceInstance demo-vm -Zone europe-west1-b", "/compute/*")]
    public async Task A_silent_server(string command, string path)
    {
        Cloud.Faults.Add(new Fault { PathPattern = path, Hang = true });

        RunResult result = await Shell.StopAsync(command, Asked(path));

        Assert.Equal(PSInvocationState.Stopped, result.State);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, s_prompt);
        StillWorks();
    }

    [Fact]
    public async Task A_silent_token_endpoint()
    {
        Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] }", UserFile(), TokenEndpoint).MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "/token", Hang = true });

        RunResult result = await Shell.StopAsync("Get-GceAccessToken -ForceRefresh", Asked("/token", 2));

        Assert.Equal(PSInvocationState.Stopped, result.State);
        Assert.Empty(result.Errors);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, s_prompt);
        Cloud.Faults.Clear();
        Run("Get-GceAccessToken -ForceRefresh").MustSucceed();
    }

    [Theory]
    [InlineData("Get-GcsBucket demo-bucket", "/storage/*")]
    [InlineData("Get-GceAccessToken", "*/token")]
    public async Task A_pause_between_two_tries(string command, string path)
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "60");
        Cloud.Faults.Add(new Fault { PathPattern = path, Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "30" } });

        RunResult result = await Shell.StopAsync(command, AnsweredAsync(path));

        Assert.Equal(PSInvocationState.Stopped, result.State);
        Assert.Empty(result.Errors);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, s_prompt);
        StillWorks();
    }

    [Fact]
    public async Task One_who_leaves_does_not_take_the_token_from_those_who_stay()
    {
        Fault slow = Cloud.Faults.Add(new Fault { PathPattern = "*/token", Delay = TimeSpan.FromSeconds(1) });
        using Shell other = new();
        Task<RunResult> staying = Task.Run(() => other.Run("Get-GceAccessToken -AsPlainText"), TestContext.Current.CancellationToken);
        await Asked("*/token");

        RunResult leaving = await Shell.StopAsync("Get-GceAccessToken", Task.Delay(200, TestContext.Current.CancellationToken));

        Assert.Equal(PSInvocationState.Stopped, leaving.State);
        Assert.InRange(leaving.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(0.7));
        (await staying).MustSucceed();
        Assert.Equal(1, TokenRequests);
        Assert.Equal(1, slow.Hits);
    }

    [Fact]
    public async Task The_first_who_leaves_does_not_take_the_token_from_those_who_came_later()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/token", Delay = TimeSpan.FromSeconds(1) });
        using Shell other = new();
        Task<RunResult>? staying = null;

        RunResult leaving = await Shell.StopAsync("Get-GceAccessToken", JoinedAsync());
        (await staying!).MustSucceed();

        Assert.Equal(PSInvocationState.Stopped, leaving.State);
        Assert.Equal(1, TokenRequests);

        async Task JoinedAsync()
        {
            await Asked("*/token");
            staying = Task.Run(() => other.Run("Get-GceAccessToken"), TestContext.Current.CancellationToken);
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }
    }

    private async Task Asked(string path, int times = 1)
    {
        _ = Shell;
        await Cloud.Requests.WaitForAsync(r => Matches(path, r) && Cloud.Requests.Count(q => Matches(path, q)) >= times, TestContext.Current.CancellationToken);
    }

    private async Task AnsweredAsync(string path)
    {
        _ = Shell;
        await Cloud.Requests.WaitForAsync(r => Matches(path, r) && r.Status == 503, TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
    }

    private static bool Matches(string pattern, LoggedRequest request) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, request.Path, ignoreCase: false);
}
