using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using GcpWorkloadAuth.Module.Tests.Rest;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.TransferJobs;

/// <summary>Start-GcsTransferJob.</summary>
public sealed class StartTransferJobTests : TransferJobTest
{
    private const string Start = "Start-GcsTransferJob gs://demo-project-bucket-0001/a/ gs://demo-project-bucket-0002/b/ ";

    [Theory]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002", null, null)]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001/ gs://demo-project-bucket-0002/b/", null, "b/")]
    [InlineData("Start-GcsTransferJob -SourceBucket demo-project-bucket-0001 -DestinationBucket demo-project-bucket-0002", null, null)]
    [InlineData("Start-GcsTransferJob -Source gs://demo-project-bucket-0001/x[1]#2/ -Destination demo-project-bucket-0002", "x[1]#2/", null)]
    [InlineData("Get-GcsBucket demo-project-bucket-0001 | Start-GcsTransferJob -Destination (Get-GcsBucket demo-project-bucket-0002)", null, null)]
    [InlineData("Get-GcsObject demo-project-bucket-0001 -Delimiter / | Where-Object Name -eq a/ | Start-GcsTransferJob -Destination demo-project-bucket-0002", "a/", null)]
    public void A_job_is_made_without_a_schedule_and_run(string script, string? sourcePath, string? path)
    {
        Put("a/x");

        dynamic job = Assert.Single(Run(script).MustSucceed().Output);

        JsonNode body = Assert.Single(Created());
        Assert.Equal("ENABLED", body["status"]!.ToString());
        Assert.Null(body["schedule"]);
        Assert.Equal(Bucket, body["transferSpec"]!["gcsDataSource"]!["bucketName"]!.ToString());
        Assert.Equal(Other, body["transferSpec"]!["gcsDataSink"]!["bucketName"]!.ToString());
        Assert.Equal(sourcePath, body["transferSpec"]!["gcsDataSource"]!["path"]?.ToString());
        Assert.Equal(path, body["transferSpec"]!["gcsDataSink"]!["path"]?.ToString());
        Assert.Null(body["transferSpec"]!["transferOptions"]);
        Assert.Equal(["POST transferJobs", "POST transferJobs/*:run"], TransferRequests());
        Assert.Equal(1, Cloud.State.Transfers.RunCount);
        Assert.StartsWith("transferJobs/gwa-", (string)job.Name, StringComparison.Ordinal);
        Assert.Equal("demo-project", (string)job.Project);
        Assert.StartsWith("transferOperations/", (string)job.LatestOperationName, StringComparison.Ordinal);
        Assert.Equal((string)job.LatestOperationName, (string)job.LatestOperation.Name);
        Assert.Equal(DateTimeKind.Local, ((DateTime)job.CreationTime).Kind);
    }

    [Fact]
    public void What_is_asked_for_is_in_the_job()
    {
        dynamic job = Assert.Single(Run(Start + "-IncludePrefix x, y -ExcludePrefix x/z -OverwriteWhen never -DeleteFromSource -Description words -Name nightly-1").MustSucceed().Output);

        Assert.Equal("transferJobs/nightly-1", (string)job.Name);
        Assert.Equal(("gs://demo-project-bucket-0001/a/", "gs://demo-project-bucket-0002/b/"), ((string)job.Source, (string)job.Destination));
        Assert.Equal(["x", "y"], (IEnumerable<string>)job.IncludePrefix);
        Assert.Equal(["x/z"], (IEnumerable<string>)job.ExcludePrefix);
        Assert.Equal(("NEVER", "words", true, false), ((string)job.OverwriteWhen, (string)job.Description, (bool)job.DeleteFromSource, (bool)job.DeleteExtraneous));
        Assert.Equal("true", Assert.Single(Created())["transferSpec"]!["transferOptions"]!["deleteObjectsFromSourceAfterTransfer"]!.ToString());
    }

    [Theory]
    [InlineData("LoseAnswer", "*/transferJobs")]
    [InlineData("LoseAnswer", "*:run")]
    [InlineData("503", "*/transferJobs")]
    [InlineData("503", "*:run")]
    [InlineData("Drop", "*:run")]
    [InlineData("429", "*:run")]
    public void After_a_lost_answer_there_is_one_job_and_one_run(string how, string path)
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = path,
            Method = "POST",
            Times = 1,
            LoseAnswer = how == "LoseAnswer",
            Drop = how == "Drop",
            Status = int.TryParse(how, out int status) ? status : null,
        });

        dynamic job = Assert.Single(Run(Start + "-Name one").MustSucceed().Output);

        Assert.NotNull(job.LatestOperation);
        Assert.Equal(1, Cloud.State.Transfers.RunCount);
        Assert.Single(Run("Get-GcsTransferJob").MustSucceed().Output);
    }

    [Fact]
    public void A_name_that_is_taken_is_an_error_and_nothing_runs()
    {
        Run(Start + "-Name one").MustSucceed();

        Run("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0003 -Name transferJobs/one")
            .SingleError("TransferJobExists", ErrorCategory.ResourceExists);

        Assert.Equal(1, Cloud.State.Transfers.RunCount);
    }

    [Fact]
    public void What_is_made_but_cannot_be_run_is_said()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*:run",
            Status = 403,
            Body = """{"error":{"code":403,"message":"Permission 'storagetransfer.jobs.run' denied","status":"PERMISSION_DENIED"}}""",
        });

        ErrorRecord error = Run(Start + "-Name one").SingleError("TransferJobNotStarted", ErrorCategory.PermissionDenied);

        Assert.Contains("storagetransfer.jobs.run", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("transferJobs/one:run -Method POST -Body @{ projectId = 'demo-project' }", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_service_agent_without_rights_is_named(bool namedByGoogle)
    {
        Cloud.State.Transfers.NamesAgent = namedByGoogle;
        Cloud.State.Transfers.DenyAgent(Other);

        ErrorRecord error = Run(Start).SingleError("TransferAgentDenied", ErrorCategory.PermissionDenied);

        const string agent = "project-123456789012@storage-transfer-service.iam.gserviceaccount.com";
        Assert.Contains(agent, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(Other, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("serviceAccount:" + agent, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(namedByGoogle, !TransferRequests().Contains("GET googleServiceAccounts/*"));
        Assert.Equal(0, Cloud.State.Transfers.RunCount);
    }

    [Fact]
    public void A_service_agent_that_cannot_be_asked_for_hides_no_refusal()
    {
        Cloud.State.Transfers.DenyAgent(Other);
        Cloud.Faults.Add(new Fault { PathPattern = "*/googleServiceAccounts/*", Status = 403 });

        Assert.Contains("project-NUMBER@", Run(Start).SingleError("TransferAgentDenied", ErrorCategory.PermissionDenied).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_API_that_is_off_is_said_with_where_to_switch_it_on()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/transferJobs",
            Status = 403,
            Body = """
                {"error":{"code":403,"message":"Storage Transfer API has not been used in project 123456789012 before or it is disabled.","status":"PERMISSION_DENIED",
                "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED","domain":"googleapis.com",
                "metadata":{"service":"storagetransfer.googleapis.com","consumer":"projects/123456789012"}}]}}
                """,
        });

        ErrorRecord error = Run(Start).SingleError("ApiDisabled", ErrorCategory.PermissionDenied);

        Assert.Contains("storagetransfer.googleapis.com", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://no-such-bucket", "TransferBucketNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -OverwriteWhen sometimes", "RequestInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -IncludePrefix a -ExcludePrefix b", "RequestInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -IncludePrefix a, a/b", "RequestInvalid", ErrorCategory.InvalidArgument)]
    public void What_the_service_refuses_is_an_error(string script, string id, ErrorCategory category) => Run(script).SingleError(id, category);

    [Theory]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002", "TransferPathInvalid")]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002/b", "TransferPathInvalid")]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001/ demo-project-bucket-0001", "DestinationIsSource")]
    [InlineData("Start-GcsTransferJob ./folder gs://demo-project-bucket-0001", "LocalPathRefused")]
    [InlineData("Start-GcsTransferJob gs:///a/ gs://demo-project-bucket-0001", "StorageUriInvalid")]
    [InlineData("Start-GcsTransferJob gs://Bucket gs://demo-project-bucket-0001", "BucketNameInvalid")]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -Name 'a/b'", "TransferJobNameInvalid")]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -Name ends-", "TransferJobNameInvalid")]
    [InlineData("Start-GcsTransferJob gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -DeleteFromSource -DeleteExtraneous", "ParametersExclude")]
    public void Bad_input_is_refused_before_anything_is_asked(string script, string id)
    {
        RunResult result = Run(script);

        Assert.Equal(id, Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(TransferRequests());
    }

    [Fact]
    public void Deleting_what_only_the_destination_has_asks_first_and_the_rest_does_not()
    {
        using Shell asked = new(host: new TestHost());
        RunResult refused = asked.Run(Start + "-DeleteExtraneous");
        Assert.NotEmpty(refused.Errors);
        Assert.Empty(TransferRequests());

        asked.Run(Start + "-DeleteFromSource").MustSucceed();
        asked.Run(Start + "-DeleteExtraneous -Force").MustSucceed();
        asked.Run(Start + "-DeleteExtraneous -Confirm:$false").MustSucceed();
        asked.Run("$ConfirmPreference = 'None'; " + Start + "-DeleteExtraneous").MustSucceed();
        Assert.Equal(4, Cloud.State.Transfers.RunCount);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-Force -WhatIf")]
    [InlineData("-DeleteExtraneous -Force -WhatIf")]
    public void What_if_starts_nothing(string how)
    {
        Run(Start + how).MustSucceed();
        Run("$WhatIfPreference = $true; " + Start + how.Replace("-WhatIf", string.Empty, StringComparison.Ordinal)).MustSucceed();

        Assert.Empty(TransferRequests());
    }

    [Fact]
    public void Objects_arrive_as_the_options_say()
    {
        foreach (string name in new[] { "a/x", "a/y", "a/skip/z", "other" })
        {
            Put(name, "new");
        }

        Put("b/x", "old", Other);
        Put("b/extra", "old", Other);
        Put("b/skip/extra", "old", Other);

        Run(Start + "-ExcludePrefix skip/ -OverwriteWhen Never -DeleteExtraneous -Force | Wait-GcsTransferJob").MustSucceed();

        Assert.Equal(["b/skip/extra", "b/x", "b/y"], Names(Other));
        Assert.Equal("old", Cloud.State.Objects.Find(Other, "b/x")!.ReadText());

        Run(Start + "-ExcludePrefix skip/ -DeleteFromSource | Wait-GcsTransferJob").MustSucceed();

        Assert.Equal("new", Cloud.State.Objects.Find(Other, "b/x")!.ReadText());
        Assert.Equal(["a/skip/z", "other"], Names());
    }
}
