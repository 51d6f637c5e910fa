using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

/// <summary>What is sent again, and what never is.</summary>
public sealed class RetryTests : RestTest
{
    [Theory]
    [InlineData("GET", "", 2)]
    [InlineData("HEAD", "", 2)]
    [InlineData("GET", "-MaximumRetryCount 0", 1)]
    [InlineData("PUT", "", 1)]
    [InlineData("DELETE", "", 1)]
    [InlineData("PUT", "-MaximumRetryCount 2", 2)]
    [InlineData("DELETE", "-MaximumRetryCount 2", 2)]
    [InlineData("POST", "", 1)]
    [InlineData("PATCH", "", 1)]
    [InlineData("POST", "-MaximumRetryCount 0", 1)]
    public void A_busy_service_is_asked_again_only_where_that_is_harmless(string method, string parameters, int requests)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo", Status = 503, Body = GoogleErrors.BackendError(), Times = 1 });

        RunResult result = Run("$null = Invoke-GcpRestMethod -Uri $args[0] -Method " + method + " " + parameters, At("echo"));

        Assert.Equal(requests, ApiRequests);
        if (requests > 1)
        {
            result.MustSucceed();
        }
        else
        {
            result.SingleError("ServiceUnavailable", ErrorCategory.ResourceUnavailable);
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public void To_ask_for_more_than_one_POST_is_an_error(string method)
    {
        Run("Invoke-GcpRestMethod -Uri $args[0] -Method $args[1] -MaximumRetryCount 1", At("echo"), method)
            .SingleError("RestRetryNotAllowed", ErrorCategory.InvalidArgument);

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Theory]
    [InlineData("@{ a = 1 }")]
    [InlineData("$null")]
    public void A_post_whose_connection_breaks_is_not_sent_again(string body)
    {
        // The second goes over a connection that stands already.
        Run("$null = Invoke-GcpRestMethod -Uri $args[0]", At("echo")).MustSucceed();
        Cloud.Faults.Add(new Fault { Method = "POST", PathPattern = "*/echo", Drop = true });

        Run("Invoke-GcpRestMethod -Uri $args[0] -Method POST -Body " + body, At("echo")).SingleError("ConnectionFailed", ErrorCategory.ConnectionError);

        Assert.Equal(1, Cloud.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public void A_time_out_is_told_with_its_length()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo", Hang = true });

        ErrorRecord error = Run("Invoke-GcpRestMethod -Uri $args[0] -TimeoutSec 1 -MaximumRetryCount 0", At("echo"))
            .SingleError("ConnectionTimedOut", ErrorCategory.OperationTimeout);

        Assert.Contains("1 s", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_request_in_flight()
    {
        Fault hang = Cloud.Faults.Add(new Fault { PathPattern = "*/echo", Hang = true });
        using PowerShell shell = Shell.Create("Invoke-GcpRestMethod -Uri $args[0]", At("echo"));
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Cloud.Requests.WaitForAsync(r => r.Path.EndsWith("/echo", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        DateTime start = DateTime.UtcNow;
        await shell.StopAsync(null, null);

        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => running);
        Assert.True(DateTime.UtcNow - start < TimeSpan.FromSeconds(5), "it took too long");
        Assert.Equal(1, hang.Hits);
    }
}
