using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

/// <summary>-WaitForOperation, for both forms of operations.</summary>
public sealed class OperationTests : RestTest
{
    private const string Start = "Invoke-GcpRestMethod -Uri $args[0] -Method POST -WaitForOperation ";

    [Fact]
    public void A_long_running_operation_ends_with_its_response()
    {
        RunResult result = Run(
            Start + "-Body @{ response = @{ '@type' = 'type.googleapis.com/x.Thing'; name = 'made' } }",
            At("projects/p/things?polls=2")).MustSucceed();

        Assert.Equal("made", Assert.Single(result.Output).Properties["name"].Value);
        Assert.Equal(
            ["POST /testing/v1/projects/p/things", "GET /testing/v1/operations/op-1", "GET /testing/v1/operations/op-1"],
            Cloud.Requests.All.Where(r => r.Service == EmulatedService.Testing).Select(r => r.Method + " " + r.Path));
    }

    [Fact]
    public void An_operation_without_a_result_emits_nothing()
    {
        Assert.Empty(Run(Start, At("things?polls=0")).MustSucceed().Output);
        Assert.Empty(Run(Start + "-Body @{ response = @{ '@type' = 'type.googleapis.com/google.protobuf.Empty' } }", At("things?polls=0")).MustSucceed().Output);
    }

    [Fact]
    public void An_operation_of_compute_is_asked_for_where_the_request_went_and_not_where_it_says()
    {
        RunResult result = Run(
            Start + "-Body @{ warnings = @(@{ code = 'X'; message = 'Mind the gap' }) }",
            At("projects/p/global/things?style=compute&polls=1")).MustSucceed();

        PSObject operation = Assert.Single(result.Output);
        Assert.Equal("DONE", operation.Properties["status"].Value);
        Assert.Equal(100L, operation.Properties["progress"].Value);
        Assert.Equal(["Mind the gap"], result.Warnings);
        Assert.Equal("/testing/v1/operations/op-1", Cloud.Requests.All[^1].Path);
    }

    [Fact]
    public void Its_error_is_an_error_with_Googles_code()
    {
        ErrorRecord error = Run(
            Start + "-Body @{ error = @{ code = 7; message = 'Not for you'; details = @(@{ reason = 'SOME_REASON' }) } }", At("things?polls=1"))
            .SingleError("RestOperationFailed", ErrorCategory.PermissionDenied);

        Assert.Contains("Not for you", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("SOME_REASON", PSObject.AsPSObject(error.Exception).Properties["Reason"].Value);
        Assert.Equal("operations/op-1", error.TargetObject);
    }

    [Fact]
    public void Each_error_of_compute_is_one()
    {
        RunResult result = Run(
            Start + "-Body @{ error = @{ errors = @(@{ code = 'QUOTA_EXCEEDED'; message = 'Quota CPUS' }, @{ code = 'RESOURCE_NOT_FOUND'; message = 'No disk' }) } }",
            At("things?style=compute&polls=0"));

        Assert.Equal(["QUOTA_EXCEEDED", "RESOURCE_NOT_FOUND"], result.Errors.Select(e => PSObject.AsPSObject(e.Exception).Properties["Reason"].Value));
        Assert.Equal([ErrorCategory.LimitsExceeded, ErrorCategory.ObjectNotFound], result.Errors.Select(e => e.CategoryInfo.Category));
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_answer_that_is_no_operation_comes_as_it_is()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/echo", Body = """{"name":"projects/p/things/operations-manual","title":"x"}""" });

        Assert.Equal("x", Assert.Single(Run(Start, At("echo")).MustSucceed().Output).Properties["title"].Value);
        Assert.Equal(1, ApiRequests);
    }

    [Fact]
    public void The_wait_has_an_end_and_the_way_on_is_told()
    {
        ErrorRecord error = Run(Start + "-TimeoutSec 1", At("things?polls=1000")).SingleError("RestOperationTimedOut", ErrorCategory.OperationTimeout);

        Assert.Contains(At("operations/op-1"), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, Cloud.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public void A_wait_can_be_taken_up_again()
    {
        Run("$null = Invoke-GcpRestMethod -Uri $args[0] -Method POST -Body @{ response = @{ name = 'later' } }", At("things?polls=2")).MustSucceed();

        RunResult result = Run("Invoke-GcpRestMethod -Uri $args[0] -WaitForOperation", At("operations/op-1")).MustSucceed();

        Assert.Equal("later", Assert.Single(result.Output).Properties["name"].Value);
    }

    [Fact]
    public void Raw_is_the_text_of_the_finished_operation()
    {
        string text = Run(Start + "-Raw", At("things?polls=1")).Single<string>();

        Assert.Contains("\"done\": true", text, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_one_progress_record_and_it_is_completed()
    {
        using PowerShell shell = Shell.Create(Start, At("things?polls=2&style=compute"));
        shell.Invoke();

        Assert.False(shell.HadErrors);
        List<ProgressRecord> records = [.. shell.Streams.Progress.Where(p => p.Activity == "op-1")];
        Assert.Single(records.Select(r => r.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.Contains(records, r => r.PercentComplete == 50 && r.StatusDescription.StartsWith("RUNNING", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("operations/../../storage/v1/b")]
    [InlineData("operations//example.com")]
    [InlineData("/operations/x")]
    [InlineData("operations/x?y=1")]
    [InlineData("operations/%2e%2e/x")]
    public void A_name_that_leads_elsewhere_is_not_asked_for(string name)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/things", Body = "{\"name\":\"" + name + "\",\"done\":false}" });

        Run(Start, At("things")).SingleError("RestOperationInvalid", ErrorCategory.InvalidData);

        Assert.Equal(1, ApiRequests);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_wait_and_says_that_the_operation_goes_on()
    {
        TestHost host = new();
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Repository.Manifest);
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript(Start).AddArgument(At("things?polls=1000"));
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Cloud.Requests.WaitForAsync(r => r.Path.EndsWith("/op-1", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await shell.StopAsync(null, null);

        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => running);
        Assert.Contains(host.Warnings, w => w.Contains("operations/op-1 goes on", StringComparison.Ordinal));
        Assert.Equal(1, Cloud.Requests.Count(r => r.Method == "POST"));
    }

    [Fact]
    public void What_if_starts_nothing()
    {
        Run(Start + "-WhatIf", At("things")).MustSucceed();

        Assert.Equal(0, Cloud.Requests.Count());
    }
}
