using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.StorageTransfer;

/// <summary>Jobs of the Storage Transfer Service. One narrow class: a generated client could take its place.</summary>
internal sealed partial class TransferJobService(ApiClient client)
{
    // The latest operations of a page are asked for by name, in an address that must not grow too long.
    private const int PageSize = 100;
    private const int NamesAtOnce = 20;
    private const string ListFields = "nextPageToken,transferJobs(" + TransferJobReader.Fields + ")";
    private const string OperationListFields = "nextPageToken,operations(" + TransferOperationReader.Fields + ")";

    /// <summary>A job by its whole name, with its latest operation.</summary>
    public async Task<GcsTransferJob> GetAsync(string project, string name, EngineCall call)
    {
        GcsTransferJob job = await GetBareAsync(project, name, call).ConfigureAwait(false);
        if (job.LatestOperationName is { } latest)
        {
            try
            {
                job.LatestOperation = await GetOperationAsync(latest, call).ConfigureAwait(false);
            }
            catch (GcpException gone) when (gone.IsMissing)
            {
                // Google forgets old runs before it forgets their job.
            }
        }

        return job;
    }

    public Task<GcsTransferOperation> GetOperationAsync(string name, EngineCall call) => client.GetAsync(
        StorageTransferApi.OperationsGet,
        StorageTransferApi.OperationsGet.Format([Id(name)], ("prettyPrint", "false"), ("fields", TransferOperationReader.Fields)),
        TransferOperationReader.Read,
        _ => Errors.TransferOperationNotFound(name),
        call);

    /// <summary>A page of jobs with their latest operations.</summary>
    public async Task<TransferJobPage> ListAsync(TransferJobQuery query, string? pageToken, EngineCall call)
    {
        SortedDictionary<string, object?> filter = new(StringComparer.Ordinal) { ["projectId"] = Names.Project(query.Project) };
        if (query.Status is not null)
        {
            filter["jobStatuses"] = new[] { query.Status };
        }

        TransferJobPage page = await client.GetAsync(
            StorageTransferApi.JobsList,
            StorageTransferApi.JobsList.Format(
                [],
                ("filter", Text(filter)),
                ("pageSize", PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("pageToken", pageToken),
                ("prettyPrint", "false"),
                ("fields", ListFields)),
            TransferJobReader.ReadPage,
            static refusal => Errors.ResourceNotFound(refusal.Message),
            call).ConfigureAwait(false);
        await AddOperationsAsync(query.Project, page.Items, call).ConfigureAwait(false);
        return page;
    }

    private Task<GcsTransferJob> GetBareAsync(string project, string name, EngineCall call) => client.GetAsync(
        StorageTransferApi.JobsGet,
        StorageTransferApi.JobsGet.Format(
            [Id(name)], ("projectId", Names.Project(project)), ("prettyPrint", "false"), ("fields", TransferJobReader.Fields)),
        TransferJobReader.Read,
        _ => Errors.TransferJobNotFound(name, project),
        call);

    private async Task AddOperationsAsync(string project, List<GcsTransferJob> jobs, EngineCall call)
    {
        Dictionary<string, GcsTransferJob> byOperation = new(StringComparer.Ordinal);
        foreach (GcsTransferJob job in jobs)
        {
            if (job.LatestOperationName is { } latest)
            {
                byOperation[latest] = job;
            }
        }

        List<Task> asking = [];
        List<string> names = [];
        foreach (string name in byOperation.Keys)
        {
            names.Add(name);
            if (names.Count == NamesAtOnce)
            {
                asking.Add(AddOperationsAsync(project, names, byOperation, call));
                names = [];
            }
        }

        if (names.Count > 0)
        {
            asking.Add(AddOperationsAsync(project, names, byOperation, call));
        }

        await Task.WhenAll(asking).ConfigureAwait(false);
    }

    // Each batch sets the operations of jobs that no other batch has.
    private async Task AddOperationsAsync(string project, List<string> names, Dictionary<string, GcsTransferJob> byOperation, EngineCall call)
    {
        SortedDictionary<string, object?> filter = new(StringComparer.Ordinal) { ["operationNames"] = names, ["projectId"] = project };
        string? token = null;
        do
        {
            TransferOperationPage page = await client.GetAsync(
                StorageTransferApi.OperationsList,
                StorageTransferApi.OperationsList.Format(
                    [], ("filter", Text(filter)), ("pageToken", token), ("prettyPrint", "false"), ("fields", OperationListFields)),
                TransferOperationReader.ReadPage,
                static refusal => Errors.ResourceNotFound(refusal.Message),
                call).ConfigureAwait(false);
            foreach (GcsTransferOperation operation in page.Items)
            {
                if (byOperation.TryGetValue(operation.Name, out GcsTransferJob? job))
                {
                    job.LatestOperation = operation;
                }
            }

            token = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
    }

    // "transferJobs/1" is two parts of the path, and the tables hold the first.
    private static string Id(string name) => name.Substring(name.IndexOf('/') + 1);

    private static string Text(IReadOnlyDictionary<string, object?> value) => System.Text.Encoding.UTF8.GetString(JsonBody.Write(value));
}
