using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Failures;

/// <summary>Troubles that pass: tried again without a word.</summary>
public sealed class RetryTests : FailureTest
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void A_passing_status(int status)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/*", Status = status, Times = 1 });

        RunResult result = Run("Get-GcsBucket").MustSucceed();

        Assert.Equal(3, result.Output.Count);
        Assert.Empty(result.Warnings);
        Assert.Equal([status, 200], Requests(EmulatedService.Storage).Select(r => r.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_throttle_of_compute_engine_is_no_refusal(bool perUser)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/compute/*", Status = 403, Body = GoogleErrors.RateLimitExceeded(perUser), Times = 2 });

        RunResult result = Run("Get-GceInstance").MustSucceed();

        Assert.Equal(5, result.Output.Count);
        Assert.Equal([403, 403, 200], Requests(EmulatedService.Compute).Select(r => r.Status));
    }

    [Fact]
    public void A_gateways_page_is_no_answer()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/*", Status = 502, Body = "<html>Bad gateway</html>", Times = 1 });

        Run("Get-GcsBucket").MustSucceed();
    }

    [Theory]
    [InlineData("/storage/*", "Get-GcsBucket")]
    [InlineData("/compute/*", "Get-GceInstance")]
    public void A_dropped_connection_and_a_broken_transfer(string path, string command)
    {
        Cloud.Faults.Add(new Fault { PathPattern = path, Drop = true, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = path, TruncateAfter = 100, Times = 1 });

        RunResult result = Run(command).MustSucceed();

        Assert.Equal(result.Output.Count, result.Strings().Distinct().Count());
        Assert.Equal(3, Requests(path.StartsWith("/s", StringComparison.Ordinal) ? EmulatedService.Storage : EmulatedService.Compute).Count);
    }

    [Fact]
    public void A_trouble_on_the_second_page_repeats_that_page_alone()
    {
        Cloud.State.AddProject("large-project", 44, buckets: 1500);
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/*", QueryPattern = "*pageToken=*", Status = 503, Times = 1 });

        RunResult result = Run("Get-GcsBucket -Project large-project").MustSucceed();

        Assert.Equal(1500, result.Strings().Distinct().Count());
        Assert.Equal(1500, result.Output.Count);
        Assert.Equal([200, 503, 200], Requests(EmulatedService.Storage).Select(r => r.Status));
    }

    [Fact]
    public void A_server_that_asks_to_wait_is_given_the_time()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/storage/*",
            Status = 429,
            Times = 1,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "1" },
        });

        RunResult result = Run("Get-GcsBucket").MustSucceed();

        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) + Prompt);
    }

    [Fact]
    public void A_server_that_asks_to_wait_an_hour_is_not_waited_for()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/storage/*",
            Status = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "3600" },
        });

        RunResult result = Run("Get-GcsBucket demo-bucket");

        Assert.Equal("demo-bucket", result.SingleError("RateLimited", ErrorCategory.LimitsExceeded).TargetObject);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, Prompt);
        StillWorks();
    }
}
