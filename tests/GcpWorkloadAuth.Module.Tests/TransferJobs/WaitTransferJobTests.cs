using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Rest;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.TransferJobs;

/// <summary>Wait-GcsTransferJob.</summary>
public sealed class WaitTransferJobTests : TransferJobTest
{
    private const string Start = "Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 ";
    private static readonly TimeSpan s_never = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Jobs_are_waited_for_side_by_side_with_one_progress_record()
    {
        Put("x", "four");
        Cloud.State.Transfers.Duration = s_never;
        using PowerShell shell = Shell.Create("1..5 | ForEach-Object { " + Start + " } | Wait-GcsTransferJob");
        Task<RunResult> running = Task.Run(() => Shell.Invoke(shell), TestContext.Current.CancellationToken);

        // None has ended, and each has been asked for: so they are waited for together.
        HashSet<string> asked = [];
        await Cloud.Requests.WaitForAsync(
            r => r.Path.StartsWith("/v1/transferOperations/", StringComparison.Ordinal) && asked.Add(r.Path) && asked.Count == 5,
            TestContext.Current.CancellationToken);
        Cloud.State.Transfers.FinishNow();
        RunResult result = await running;

        Assert.Equal(5, result.MustSucceed().Output.Count);
        Assert.All(result.Output, o => Assert.Equal("SUCCESS", (string)((dynamic)o).LatestOperation.Status));
        List<ProgressRecord> records = [.. shell.Streams.Progress.Where(p => p.Activity.Contains("transfer jobs", StringComparison.Ordinal))];
        Assert.Single(records.Select(r => r.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
        Assert.Contains(records, r => r.StatusDescription.Contains(" jobs done; ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Wait-GcsTransferJob one, two")]
    [InlineData("'one', 'transferJobs/two' | Wait-GcsTransferJob")]
    [InlineData("Get-GcsTransferJob | Wait-GcsTransferJob -Project no-such-project")]
    public void Jobs_are_named_or_piped_and_keep_their_own_project(string script)
    {
        Run(Start + "-Name one; " + Start + "-Name two").MustSucceed();

        Assert.Equal(["transferJobs/one", "transferJobs/two"], Run(script).MustSucceed().Strings().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Jobs_from_another_process_are_waited_for()
    {
        Put("x");
        Run(Start + "-Name one | Wait-GcsTransferJob").MustSucceed();
        PSObject copy = Assert.Single(Copies(Run("Get-GcsTransferJob").MustSucceed()));
        Assert.Equal(1L, Assert.Single(Run("$args[0].LatestOperation.ObjectsCopied", copy).MustSucceed().Output).BaseObject);

        Assert.Equal(["transferJobs/one"], Run("$args[0] | Wait-GcsTransferJob", copy).MustSucceed().Strings());
        Assert.Equal(["transferJobs/one"], Run("Wait-GcsTransferJob $args[0]", copy).MustSucceed().Strings());
    }

    [Fact]
    public void A_failed_run_is_an_error_with_the_codes_and_samples_and_the_others_come()
    {
        Put("good");
        Put("bad");
        Run(Start + "-IncludePrefix good -Name fine").MustSucceed();
        Cloud.State.Transfers.FailObject("bad", "PERMISSION_DENIED", "The agent may not read it.");

        RunResult result = Run(Start + "-Name broken | Wait-GcsTransferJob; Wait-GcsTransferJob fine");

        ErrorRecord error = result.SingleError("TransferFailed", ErrorCategory.PermissionDenied);
        Assert.Contains("PERMISSION_DENIED (1) gs://demo-project-bucket-0001/bad: The agent may not read it.", error.ToString(), StringComparison.Ordinal);
        dynamic job = PSObject.AsPSObject(error.TargetObject);
        Assert.Equal("transferJobs/broken", (string)job.Name);
        Assert.Equal(1, (long)job.LatestOperation.ObjectsFailed);
        Assert.Equal("gs://demo-project-bucket-0001/bad", (string)job.LatestOperation.Errors[0].Samples[0].Uri);
        Assert.Equal(["transferJobs/fine"], result.Strings());
    }

    [Fact]
    public void A_run_that_fails_as_a_whole_says_why()
    {
        Run(Start + "-Name one").MustSucceed();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/transferOperations/*",
            Body = """{"name":"transferOperations/1","done":true,"metadata":{"status":"FAILED"},"error":{"code":9,"message":"The bucket is gone."}}""",
        });

        Assert.Contains("The bucket is gone.", Run("Wait-GcsTransferJob one").SingleError("TransferFailed", ErrorCategory.InvalidOperation).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_is_an_error()
    {
        Cloud.State.Transfers.Duration = s_never;
        Run(Start + "-Name one").MustSucceed();
        Cloud.State.Transfers.SetStatus("ABORTED");
        Cloud.State.Transfers.FinishNow();

        Run("Wait-GcsTransferJob one").SingleError("TransferAborted", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public void A_paused_run_is_told_once_and_a_wait_that_takes_too_long_ends_with_what_to_do()
    {
        Cloud.State.Transfers.Duration = s_never;
        Run(Start + "-Name one").MustSucceed();
        Cloud.State.Transfers.SetStatus("PAUSED");

        RunResult result = Run("Wait-GcsTransferJob one -TimeoutSec 3");

        ErrorRecord error = result.SingleError("TransferTimedOut", ErrorCategory.OperationTimeout);
        Assert.Contains("Wait-GcsTransferJob 'transferJobs/one' -Project demo-project", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("transferJobs/one is paused", Assert.Single(result.Warnings), StringComparison.Ordinal);

        // At its beginning, after two seconds, and at the end; a clock that is coarse may add one.
        Assert.InRange(TransferRequests().Count(static r => r == "GET transferOperations/*"), 1, 4);
    }

    [Theory]
    [InlineData("nothing", "TransferJobNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("a/b", "TransferJobNameInvalid", ErrorCategory.InvalidArgument)]
    public void What_is_not_there_is_an_error(string name, string id, ErrorCategory category)
    {
        Run(Start + "-Name one").MustSucceed();

        RunResult result = Run($"Wait-GcsTransferJob '{name}', one");

        result.SingleError(id, category);
        Assert.Equal(["transferJobs/one"], result.Strings());
    }

    [Fact]
    public void A_job_that_is_off_and_never_ran_is_not_waited_for()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/transferJobs/off", Body = """{"name":"transferJobs/off","status":"DISABLED"}""" });

        Run("Wait-GcsTransferJob off").SingleError("TransferNeverRan", ErrorCategory.InvalidOperation);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_wait_the_jobs_go_on_and_it_is_said_how_to_wait_again()
    {
        Cloud.State.Transfers.Duration = s_never;
        TestHost host = new();
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(Repository.Manifest);
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript($"{Start} -Name one; {Start} -Name two; Wait-GcsTransferJob one, two");
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Cloud.Requests.WaitForAsync(r => r.Path.Contains("/transferOperations/transferJobs-two", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await shell.StopAsync(null, null);

        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => running);
        string warning = Assert.Single(host.Warnings);
        Assert.Contains("Wait-GcsTransferJob transferJobs/one, transferJobs/two -Project demo-project", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Requests(EmulatedService.StorageTransfer), r => r.Path.EndsWith(":cancel", StringComparison.Ordinal));
    }
}
