using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Compute.Resources;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>Operations of zones, regions and projects: typed calls over the table.</summary>
internal sealed class OperationService(ApiClient client)
{
    private const string FlatFields = "nextPageToken,items(" + OperationReader.Fields + ")";
    private const string AggregatedFields = "nextPageToken,unreachables,items/*/operations(" + OperationReader.Fields + ")";

    private static readonly ResourcePageReader<GceOperation> s_reader = new(OperationReader.Read, "operations");

    /// <summary>
    /// The server answers a wait within two minutes, whatever happened; the rest is for the way.
    /// Source: https://cloud.google.com/compute/docs/reference/rest/v1/zoneOperations/wait.
    /// </summary>
    private static readonly TimeSpan s_waitTimeout = TimeSpan.FromSeconds(150);

    /// <summary>How an operation is.</summary>
    public Task<GceOperation> GetAsync(OperationAddress at, EngineCall call) => AskAsync(
        Of(at, ComputeOperationsApi.ZoneGet, ComputeOperationsApi.RegionGet, ComputeOperationsApi.GlobalGet), at, null, call);

    /// <summary>How an operation is when it is done, or after two minutes.</summary>
    public Task<GceOperation> WaitAsync(OperationAddress at, EngineCall call) => AskAsync(
        Of(at, ComputeOperationsApi.ZoneWait, ComputeOperationsApi.RegionWait, ComputeOperationsApi.GlobalWait), at, s_waitTimeout, call);

    /// <summary>The operations of one scope, or of all, a page at a time.</summary>
    public IPager<GceOperation> List(OperationQuery query) => new ResourcePager<GceOperation>((token, call) => ListAsync(query, token, call));

    /// <summary>A page of the operations of one scope, or of all.</summary>
    public Task<ResourcePage<GceOperation>> ListAsync(OperationQuery query, string? pageToken, EngineCall call)
    {
        string project = Names.Project(query.Project);
        bool isAggregated = query is { Zone: null, Region: null, IsGlobal: false };
        ApiMethod method = isAggregated ? ComputeOperationsApi.AggregatedList
            : query.Zone is not null ? ComputeOperationsApi.ZoneList
            : query.Region is not null ? ComputeOperationsApi.RegionList
            : ComputeOperationsApi.GlobalList;
        string? place = query.Zone ?? query.Region;
        string path = method.Format(
            place is null ? [project] : [project, Names.Zone(place)],
            ("filter", query.Filter),
            ("maxResults", "500"),
            ("orderBy", query.IsNewestFirst ? "creationTimestamp desc" : null),
            ("pageToken", pageToken),
            ("returnPartialSuccess", isAggregated ? "true" : null),
            ("prettyPrint", "false"),
            ("fields", isAggregated ? AggregatedFields : FlatFields));
        return client.SendAsync<ResourcePage<GceOperation>>(
            new ApiRequest(method, path)
            {
                NotFound = refusal => place is null ? Errors.ProjectNotFound(project) : ComputeRefusals.Missing(refusal, project, place)
                    ?? Errors.ZoneNotFound(place, project),
            },
            isAggregated ? s_reader.ReadAggregated : s_reader.ReadFlat,
            call);
    }

    private Task<GceOperation> AskAsync(ApiMethod method, OperationAddress at, TimeSpan? timeout, EngineCall call)
    {
        string project = Names.Project(at.Project);
        string name = Names.Operation(at.Name);
        string[] path = (at.Zone ?? at.Region) is { } place ? [project, Names.Zone(place), name] : [project, name];
        return client.SendAsync(
            new ApiRequest(method, method.Format(path, ("prettyPrint", "false"), ("fields", OperationReader.Fields)))
            {
                Timeout = timeout,
                NotFound = refusal => ComputeRefusals.Missing(refusal, project, at.Zone) ?? Errors.OperationNotFound(at.Name, at.Place),
            },
            OperationReader.Read,
            call);
    }

    private static ApiMethod Of(OperationAddress at, ApiMethod zone, ApiMethod region, ApiMethod global) =>
        at.Zone is not null ? zone : at.Region is not null ? region : global;
}
