using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>
/// Troubles that do not pass: tried again a few times with growing pauses, then one error. The pauses are real, so all of them are
/// waited for at once, each in a runspace of its own.
/// </summary>
public sealed class LastingTroubleTests : FailureTest
{
    private const string Connect = "Connect-GcpAccount $args[0] -Name user -Endpoint @{ token = $args[1] }";

    [Fact]
    public async Task After_several_tries_there_is_one_error()
    {
        string file = UserFile();
        string closed = "http://127.0.0.1:" + Listener.ClosedPort() + "/";
        Run("Connect-GcpAccount -Name closed -AccessToken $args[0] -Endpoint @{ storage = $args[1] }; Connect-GcpAccount -Name default -MetadataServer",
            Secret("ya29.x"), closed).MustSucceed();
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b/broken", Status = 500, Body = GoogleErrors.BackendError() });
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b/dropped", Drop = true });
        Cloud.Faults.Add(new Fault { PathPattern = "*/instances/demo-vm", TruncateAfter = 50 });
        Cloud.Faults.Add(new Fault { PathPattern = "/token", Status = 503 });

        Task<Outcome>[] running =
        [
            Start("Get-GcsBucket broken", "broken", "ServiceUnavailable", ErrorCategory.ResourceUnavailable),
            Start("Get-GcsBucket dropped", "dropped", "ConnectionFailed", ErrorCategory.ConnectionError),
            Start("Get-GcsBucket any-bucket -Context closed", "any-bucket", "ConnectionFailed", ErrorCategory.ConnectionError),
            Start("Get-GceInstance demo-vm -Zone europe-west1-b -Project demo-project", "demo-vm", "ResponseTruncated", ErrorCategory.ConnectionError),
            Start(Connect, file, "ServiceUnavailable", ErrorCategory.ResourceUnavailable, file, TokenEndpoint),
            Start(Connect, file, "ConnectionFailed", ErrorCategory.ConnectionError, file, closed + "token"),
        ];

        Outcome[] outcomes = await Task.WhenAll(running);
        foreach (Outcome outcome in outcomes)
        {
            ErrorRecord error = outcome.Result.SingleError(outcome.Id, outcome.Category);
            Assert.Equal(outcome.Target, error.TargetObject);
            Assert.InRange(outcome.Result.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        }

        Assert.Equal(6, Cloud.Requests.Count(r => r.Path == "/storage/v1/b/broken"));
        Assert.Contains("6 tries", outcomes[0].Result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, Requests(EmulatedService.Token).Count);
        StillWorks();
    }

    private static Task<Outcome> Start(string command, string target, string id, ErrorCategory category, params object[] arguments) =>
        Task.Run(() =>
        {
            using Shell shell = new();
            return new Outcome(shell.Run(command, arguments), target, id, category);
        });

    private sealed record Outcome(RunResult Result, string Target, string Id, ErrorCategory Category);
}
