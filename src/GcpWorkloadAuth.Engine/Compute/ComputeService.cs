using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>Compute Engine. One narrow class: a generated client could take its place.</summary>
internal sealed class ComputeService(ApiClient client)
{
    /// <summary>The most the server gives. Source: maxResults of the list methods.</summary>
    private const string PageSize = "500";

    private const string ZonalFields = "nextPageToken,warning/code,items(" + InstanceReader.Fields + ")";
    private const string AggregatedFields =
        "nextPageToken,unreachables,items/*(warning/code,instances(" + InstanceReader.Fields + "))";

    public Task<GceInstance> GetInstanceAsync(string project, string zone, string name, EngineCall call) => client.GetAsync(
        ComputeApi.InstancesGet,
        ComputeApi.InstancesGet.Format(
            [Names.Project(project), Names.Zone(zone), Names.Instance(name)], ("prettyPrint", "false"), ("fields", InstanceReader.Fields)),
        InstanceReader.Read,
        refusal => ComputeRefusals.Missing(refusal, project, zone) ?? Errors.InstanceNotFound(name, project + "/" + zone),
        call);

    public Task<InstancePage> ListInstancesAsync(InstanceQuery query, string? pageToken, EngineCall call)
    {
        string project = Names.Project(query.Project);

        // Without partial success one unreachable zone fails the whole list; with it, the zone is named and the rest comes.
        string partial = query.RequireComplete ? "false" : "true";
        if (query.Zone is { } zone)
        {
            return client.GetAsync(
                ComputeApi.InstancesList,
                ComputeApi.InstancesList.Format(
                    [project, Names.Zone(zone)],
                    ("filter", query.Filter),
                    ("maxResults", PageSize),
                    ("pageToken", pageToken),
                    ("returnPartialSuccess", partial),
                    ("prettyPrint", "false"),
                    ("fields", ZonalFields)),
                InstancePageReader.ReadZonal,
                refusal => ComputeRefusals.Missing(refusal, project, zone) ?? Errors.ResourceNotFound(refusal.Message),
                call);
        }

        return client.GetAsync(
            ComputeApi.InstancesAggregatedList,
            ComputeApi.InstancesAggregatedList.Format(
                [project],
                ("filter", query.Filter),
                ("maxResults", PageSize),
                ("pageToken", pageToken),
                ("returnPartialSuccess", partial),
                ("prettyPrint", "false"),
                ("fields", AggregatedFields)),
            InstancePageReader.ReadAggregated,
            _ => Errors.ProjectNotFound(project),
            call);
    }
}
