using System.Text.RegularExpressions;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>What -Verbose tells: each request with its outcome, and no value that could be a secret.</summary>
public sealed class VerboseTests : CloudTest
{
    [Fact]
    public void Method_address_status_and_time_of_every_request()
    {
        RunResult result = Run("Get-GcsBucket demo-project-bucket-0001 -Verbose").MustSucceed();

        string line = Assert.Single(result.Verbose, v => v.Contains("/storage/", StringComparison.Ordinal));
        Assert.Matches("^GET " + Regex.Escape(Cloud.ApiAddress + "storage/v1/b/demo-project-bucket-0001") + @"\?\S*: 200, \d+ ms$", line);
        Assert.Equal(Cloud.Requests.Count(), result.Verbose.Count);
    }

    [Fact]
    public void The_token_request_is_told_too()
    {
        RunResult result = Run("Get-GceAccessToken -Verbose").MustSucceed();

        Assert.Contains(result.Verbose, v => v.StartsWith(
            "GET " + Cloud.MetadataAddress + "computeMetadata/v1/instance/service-accounts/default/token: 200, ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_token_endpoint_is_told_by_its_address()
    {
        RunResult result = Run("Connect-GcpAccount $args[0] -Endpoint @{ token = $args[1] } -Verbose", KeyFile(), TokenEndpoint).MustSucceed();

        Assert.StartsWith("POST " + TokenEndpoint + ": 200, ", Assert.Single(result.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_request_says_which_attempt_it_was()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/*", Status = 503, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/*", Drop = true, Times = 1 });

        RunResult result = Run("Get-GcsBucket demo-project-bucket-0001 -Verbose").MustSucceed();

        string[] lines = [.. result.Verbose.Where(v => v.Contains("/storage/", StringComparison.Ordinal))];
        Assert.Equal(3, lines.Length);
        Assert.Contains(": 503, ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(", attempt 2", lines[1], StringComparison.Ordinal);
        Assert.Matches(@": 200, \d+ ms, attempt 3$", lines[2]);
    }

    [Fact]
    public void Known_query_values_are_shown()
    {
        RunResult result = Run("Get-GceInstance -Filter 'status = RUNNING' -Verbose; Get-GcsBucket -Prefix demo -Verbose").MustSucceed();

        Assert.Contains(result.Verbose, v => v.Contains("filter=status%20%3D%20RUNNING", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, v => v.Contains("prefix=demo&", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, v => v.Contains("=***", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$VerbosePreference = 'Continue'; Get-GcsBucket", true)]
    [InlineData("Get-GcsBucket", false)]
    [InlineData("$VerbosePreference = 'Continue'; Get-GcsBucket -Verbose:$false", false)]
    [InlineData("& { [CmdletBinding()] param() Get-GcsBucket } -Verbose", true)]
    public void It_is_told_to_who_asks(string script, bool isTold)
    {
        Assert.Equal(isTold, Run(script).MustSucceed().Verbose.Exists(v => v.Contains("/storage/", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cached_answer_tells_nothing()
    {
        Run("Get-GceAccessToken").MustSucceed();

        Assert.Empty(Run("Get-GceAccessToken -Verbose").MustSucceed().Verbose);
    }

    [Fact]
    public void A_request_that_fails_is_told_too()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/v1/instance/name", Status = 403 });

        RunResult result = Run("Get-GceMetadata instance/name -Verbose");

        Assert.Contains(": 403, ", Assert.Single(result.Verbose), StringComparison.Ordinal);
        Assert.Single(Requests(EmulatedService.Metadata));
    }
}
