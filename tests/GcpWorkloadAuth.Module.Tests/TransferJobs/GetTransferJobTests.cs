using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.TransferJobs;

/// <summary>Get-GcsTransferJob.</summary>
public sealed class GetTransferJobTests : TransferJobTest
{
    private const string Start = "Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -Name ";

    [Theory]
    [InlineData("Get-GcsTransferJob one")]
    [InlineData("Get-GcsTransferJob transferJobs/one -Project demo-project")]
    [InlineData("'one' | Get-GcsTransferJob")]
    [InlineData("Get-GcsTransferJob (Get-GcsTransferJob)")]
    [InlineData("Get-GcsTransferJob | Get-GcsTransferJob")]
    [InlineData("[pscustomobject]@{ Name = 'one'; Project = 'demo-project' } | Get-GcsTransferJob")]
    public void A_job_comes_with_the_counters_of_its_latest_run(string script)
    {
        Put("x", "four");
        Put("y", "five5");
        Run(Start + "one | Wait-GcsTransferJob").MustSucceed();

        dynamic job = Assert.Single(Run(script).MustSucceed().Output);

        dynamic run = job.LatestOperation;
        Assert.Equal(("transferJobs/one", "ENABLED", "SUCCESS"), ((string)job.Name, (string)job.Status, (string)run.Status));
        Assert.Equal((2, 2, 0, 9, 9), ((long)run.ObjectsFound, (long)run.ObjectsCopied, (long)run.ObjectsFailed, (long)run.BytesFound, (long)run.BytesCopied));
        Assert.True(run.IsDone);
        Assert.True((DateTime)run.StartTime <= (DateTime)run.EndTime);
        Assert.Equal("transferJobs/one", (string)run.Job);
    }

    [Fact]
    public void A_list_comes_page_by_page_with_all_the_runs_and_stops_when_nobody_wants_more()
    {
        Cloud.State.Projects.Add("other-project", 99);
        for (int i = 0; i < 45; i++)
        {
            Run(Start + $"job-{i:D3}").MustSucceed();
        }

        Run(Start + "elsewhere -Project other-project").MustSucceed();
        int before = TransferRequests().Count;

        RunResult all = Run("Get-GcsTransferJob");

        Assert.Equal(Enumerable.Range(0, 45).Select(i => $"transferJobs/job-{i:D3}"), all.MustSucceed().Strings());
        Assert.All(all.Output, o => Assert.NotNull(((dynamic)o).LatestOperation));
        Assert.Equal(["GET transferJobs", "GET transferOperations", "GET transferOperations", "GET transferOperations"], TransferRequests().Skip(before));
        Assert.Equal(["transferJobs/elsewhere"], Run("Get-GcpProject other-project | Get-GcsTransferJob").MustSucceed().Strings());
        Assert.Empty(Run("Get-GcsTransferJob -Status disabled").MustSucceed().Output);
        Assert.Equal(45, Run("Get-GcsTransferJob -Status enabled").MustSucceed().Output.Count);
    }

    [Fact]
    public void The_pages_follow_one_another()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/transferJobs",
            Method = "GET",
            Times = 1,
            Body = """{"transferJobs":[{"name":"transferJobs/first"}],"nextPageToken":"0"}""",
        });
        Run(Start + "second").MustSucceed();

        Assert.Equal(["transferJobs/first", "transferJobs/second"], Run("Get-GcsTransferJob").MustSucceed().Strings());
        Assert.Contains(Requests(EmulatedService.StorageTransfer), r => r.Query.Contains("pageToken=0", StringComparison.Ordinal));
    }

    [Fact]
    public void Jobs_of_other_sources_and_unknown_fields_are_shown_too()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/transferJobs",
            Method = "GET",
            Body = """
                {"transferJobs":[
                {"name":"transferJobs/1","transferSpec":{"awsS3DataSource":{"bucketName":"b","path":"p/","new":{"x":[1]}},"gcsDataSink":{"bucketName":"c"}}},
                {"name":"transferJobs/2","transferSpec":{"azureBlobStorageDataSource":{"storageAccount":"acc","container":"box"},"transferOptions":{"overwriteObjectsAlreadyExistingInSink":true}}},
                {"name":"transferJobs/3","transferSpec":{"httpDataSource":{"listUrl":"https://example.com/list.tsv"}},"eventStream":{"name":"x"}},
                {"name":"transferJobs/4","transferSpec":{"posixDataSource":{"rootDirectory":"/data"}}},
                {"name":"transferJobs/5"}]}
                """,
        });

        RunResult all = Run("Get-GcsTransferJob | ForEach-Object { \"$($_.Source) $($_.Destination) $($_.OverwriteWhen)\".Trim() }");

        Assert.Equal(
            ["s3://b/p/ gs://c", "https://acc.blob.core.windows.net/box  ALWAYS", "https://example.com/list.tsv", "posix:///data", ""],
            all.MustSucceed().Strings());
    }

    [Fact]
    public void A_missing_job_is_an_error_of_its_own_and_the_others_come()
    {
        Run(Start + "one").MustSucceed();

        RunResult result = Run("Get-GcsTransferJob nothing, one");

        ErrorRecord error = result.SingleError("TransferJobNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("transferJobs/nothing", error.TargetObject.ToString());
        Assert.Equal(["transferJobs/one"], result.Strings());
        Run("Get-GcsTransferJob 'o*'").SingleError("TransferJobNameInvalid", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void A_run_that_Google_has_forgotten_leaves_its_job()
    {
        Run(Start + "one").MustSucceed();
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/transferOperations/*",
            Status = 404,
            Body = """{"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND"}}""",
        });

        dynamic job = Assert.Single(Run("Get-GcsTransferJob one").MustSucceed().Output);

        Assert.NotNull(job.LatestOperationName);
        Assert.Null(job.LatestOperation);
    }
}
