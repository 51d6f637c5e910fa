using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// Operations of the Compute Engine API v1: what goes on after the answer to a change. Source: its discovery document,
/// https://compute.googleapis.com/$discovery/rest?version=v1.
/// </summary>
/// <remarks>wait is a POST that changes nothing, and so is repeatable.</remarks>
internal static class ComputeOperationsApi
{
    public static readonly ApiMethod ZoneGet = Get("zone", "zones/{zone}/");
    public static readonly ApiMethod ZoneList = List("zone", "zones/{zone}/");
    public static readonly ApiMethod ZoneWait = Wait("zone", "zones/{zone}/");
    public static readonly ApiMethod RegionGet = Get("region", "regions/{region}/");
    public static readonly ApiMethod RegionList = List("region", "regions/{region}/");
    public static readonly ApiMethod RegionWait = Wait("region", "regions/{region}/");
    public static readonly ApiMethod GlobalGet = Get("global", "global/");
    public static readonly ApiMethod GlobalList = List("global", "global/");
    public static readonly ApiMethod GlobalWait = Wait("global", "global/");

    public static readonly ApiMethod AggregatedList = new(
        ApiService.Compute, "compute.globalOperations.aggregatedList", HttpMethod.Get, "projects/{project}/aggregated/operations",
        RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess", "includeAllScopes", "serviceProjectNumber");

    public static readonly ApiMethod[] All =
        [ZoneGet, ZoneList, ZoneWait, RegionGet, RegionList, RegionWait, GlobalGet, GlobalList, GlobalWait, AggregatedList];

    private static ApiMethod Get(string kind, string scope) => new(
        ApiService.Compute, "compute." + kind + "Operations.get", HttpMethod.Get,
        "projects/{project}/" + scope + "operations/{operation}", RetryClass.Idempotent);

    private static ApiMethod List(string kind, string scope) => new(
        ApiService.Compute, "compute." + kind + "Operations.list", HttpMethod.Get,
        "projects/{project}/" + scope + "operations", RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess");

    private static ApiMethod Wait(string kind, string scope) => new(
        ApiService.Compute, "compute." + kind + "Operations.wait", HttpMethod.Post,
        "projects/{project}/" + scope + "operations/{operation}/wait", RetryClass.Idempotent);
}
