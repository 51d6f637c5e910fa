using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Diagnosis;

/// <summary>Somebody does not answer: the rows come all the same.</summary>
public sealed class TimeoutTests : DiagnosisTest
{
    [Fact]
    public void A_silent_api_is_a_row()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/compute/*", Hang = true });

        Dictionary<string, Row> rows = Diagnose("-TimeoutSec 4");

        Assert.Equal(["API: Compute Engine"], Failed(rows));
        Assert.Contains("not within 4 s", rows["API: Compute Engine"].Detail, StringComparison.Ordinal);
        Assert.Equal("Pass", rows["API: Cloud Storage"].Status);
    }

    [Fact]
    public void A_silent_metadata_server_holds_up_what_needs_it_and_nothing_else()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "60");
        Cloud.Faults.Add(new Fault { PathPattern = "/computeMetadata/*", Hang = true });

        Dictionary<string, Row> rows = Diagnose("-TimeoutSec 4 -Permission compute.instances.list, compute.instances.get");

        Assert.Contains("not within 4 s", rows["Metadata server"].Detail, StringComparison.Ordinal);
        Assert.Contains("not within 4 s", rows["Token"].Detail, StringComparison.Ordinal);
        Assert.Equal("Fail", rows["Token"].Status);
        Assert.Equal("Skipped", rows["API: Cloud Storage"].Status);
        Assert.Equal("Skipped", rows["Permission: compute.instances.get"].Status);
        Assert.Equal("Skipped", rows["Permission: compute.instances.list"].Status);
        Assert.Equal("Pass", rows["Source: metadata server"].Status);
        Assert.Equal("Pass", rows["Reach: Cloud Storage"].Status);
        Assert.Equal("Pass", rows["Clock"].Status);
    }

    [Fact]
    public void Everything_silent_still_ends_in_rows_and_in_false()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "60");
        Cloud.Faults.Add(new Fault { Hang = true });

        Assert.False(Run("Test-GcpAuthentication -Quiet -TimeoutSec 2").MustSucceed().Single<bool>());
    }

    [Fact]
    public async Task Stopping_ends_it_at_once_without_a_row_more()
    {
        Environment.Set("GCE_METADATA_TIMEOUT", "60");
        Cloud.Faults.Add(new Fault { Hang = true });

        RunResult result = await Shell.StopAsync(
            "Test-GcpAuthentication -TimeoutSec 600", Cloud.Requests.WaitForAsync(static _ => true, TestContext.Current.CancellationToken));

        Assert.Equal(PSInvocationState.Stopped, result.State);
        Assert.DoesNotContain(result.Output, o => o.Properties["Detail"].Value.ToString()!.Contains("not within", StringComparison.Ordinal));
        Assert.Empty(result.Errors);
    }
}
