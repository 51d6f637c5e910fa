using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <content>
/// Starting. A job is made without a schedule and then run: "When the field is not set, the job never executes a transfer, unless you
/// invoke RunTransferJob" (TransferJob.schedule). A schedule of today would do it in one call, but near midnight UTC, or with a clock
/// that is behind, the service takes the day as past and starts a day later (Schedule.scheduleStartDate); and running says which
/// operation it is.
/// </content>
internal sealed partial class TransferJobService
{
    // Short enough for a table; its 20 digits are as good as never the same twice in a project.
    private const string Prefix = "transferJobs/gwa-";
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);

    /// <summary>Makes a job and runs it, once each.</summary>
    public async Task<GcsTransferJob> StartAsync(TransferJobRequest request, EngineCall call)
    {
        Names.Project(request.Project);
        Names.Bucket(request.SourceBucket);
        Names.Bucket(request.DestinationBucket);

        // A name of its own, so that a second try of the request cannot make a second job.
        string name = request.Name ?? Prefix + Guid.NewGuid().ToString("N").Substring(0, 20);
        GcsTransferJob job = await CreateAsync(request, name, call).ConfigureAwait(false);
        try
        {
            job.LatestOperation = await RunAsync(request.Project, name, call).ConfigureAwait(false);
        }
        catch (GcpException failure)
        {
            GcpException told = Errors.TransferJobNotStarted(name, request.Project, failure.Message, failure.Kind, failure);
            (told.StatusCode, told.Reason, told.RequestUri) = (failure.StatusCode, failure.Reason, failure.RequestUri);
            throw told;
        }

        job.LatestOperationName = job.LatestOperation.Name;
        return job;
    }

    private async Task<GcsTransferJob> CreateAsync(TransferJobRequest request, string name, EngineCall call)
    {
        string? denial = null;
        try
        {
            return await client.SendAsync(
                new ApiRequest(
                    StorageTransferApi.JobsCreate,
                    StorageTransferApi.JobsCreate.Format([], ("prettyPrint", "false"), ("fields", TransferJobReader.Fields)))
                {
                    Json = TransferSpecWriter.Write(request, name),
                    IsConditioned = true,
                    NotFound = static refusal => Errors.TransferBucketNotFound(refusal.Message),
                    Special = refusal => Explain(refusal, ref denial),
                },
                TransferJobReader.Read,
                call).ConfigureAwait(false);
        }
        catch (GcpException taken) when (taken.StatusCode == 409)
        {
            // A lost answer of an earlier try, where the job that has the name is the one that was asked for.
            GcsTransferJob there = await GetBareAsync(request.Project, name, call).ConfigureAwait(false);
            bool isOurs = request.Name is null || (taken.FollowsLostAnswer && there.LatestOperationName is null && IsAsAsked(there, request));
            return isOurs ? there : throw Errors.TransferJobExists(name);
        }
        catch (GcpException denied) when (denial is not null)
        {
            string agent = await AgentAsync(denial, request.Project, call).ConfigureAwait(false);
            GcpException failure = Errors.TransferAgentDenied(agent, denial);
            (failure.StatusCode, failure.Reason, failure.RequestUri) = (denied.StatusCode, denied.Reason, denied.RequestUri);
            throw failure;
        }
    }

    /// <summary>Runs a job that was made just now and so has had no run: one that it has is this one, whose answer was lost.</summary>
    private async Task<GcsTransferOperation> RunAsync(string project, string name, EngineCall call)
    {
        byte[] body = JsonBody.Write(new SortedDictionary<string, object?>(StringComparer.Ordinal) { ["projectId"] = project });
        Backoff backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(16), s_deadline);
        while (true)
        {
            try
            {
                return await client.SendAsync(
                    StorageTransferApi.JobsRun,
                    StorageTransferApi.JobsRun.Format([Id(name)], ("prettyPrint", "false"), ("fields", TransferOperationReader.Fields)),
                    body,
                    TransferOperationReader.Read,
                    _ => Errors.TransferJobNotFound(name, project),
                    call).ConfigureAwait(false);
            }
            catch (GcpException failure)
            {
                GcsTransferJob job = await GetBareAsync(project, name, call).ConfigureAwait(false);
                if (job.LatestOperationName is { } running)
                {
                    return await GetOperationAsync(running, call).ConfigureAwait(false);
                }

                bool mayPass = failure.StatusCode is null or 408 or 429 or >= 500;
                if (!mayPass || !await backoff.WaitAsync(null, call.Stopping).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }

    private static bool IsAsAsked(GcsTransferJob there, TransferJobRequest request) =>
        there.Source == Address(request.SourceBucket, request.SourcePath)
        && there.Destination == Address(request.DestinationBucket, request.DestinationPath)
        && there.DeleteFromSource == request.DeleteFromSource
        && there.DeleteExtraneous == request.DeleteExtraneous
        && (there.Description ?? string.Empty) == (request.Description ?? string.Empty);

    private static string Address(string bucket, string path) => "gs://" + bucket + (path.Length > 0 ? "/" + path : string.Empty);
}
