using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>Compute Engine API v1. Source: its discovery document, https://compute.googleapis.com/$discovery/rest?version=v1.</summary>
internal static class ComputeApi
{
    public static readonly ApiMethod InstancesAggregatedList = new(
        ApiService.Compute, "compute.instances.aggregatedList", HttpMethod.Get, "projects/{project}/aggregated/instances",
        RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess", "includeAllScopes", "serviceProjectNumber");

    public static readonly ApiMethod InstancesList = new(
        ApiService.Compute, "compute.instances.list", HttpMethod.Get, "projects/{project}/zones/{zone}/instances",
        RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess");

    public static readonly ApiMethod InstancesGet = new(
        ApiService.Compute, "compute.instances.get", HttpMethod.Get, "projects/{project}/zones/{zone}/instances/{instance}",
        RetryClass.Idempotent);

    public static readonly ApiMethod ProjectsGet = new(
        ApiService.Compute, "compute.projects.get", HttpMethod.Get, "projects/{project}", RetryClass.Idempotent);

    public static readonly ApiMethod[] All = [InstancesAggregatedList, InstancesList, InstancesGet, ProjectsGet];
}
