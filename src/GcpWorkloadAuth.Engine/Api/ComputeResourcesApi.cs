using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// What lies around instances, and is read: Compute Engine API v1. Source: its discovery document,
/// https://compute.googleapis.com/$discovery/rest?version=v1.
/// </summary>
internal static class ComputeResourcesApi
{
    private const string Global = "global/";
    private const string Zone = "zones/{zone}/";
    private const string Region = "regions/{region}/";

    public static readonly ApiMethod ZonesList = List("zones", string.Empty, "zones");
    public static readonly ApiMethod ZonesGet = Get("zones", string.Empty, "zones/{zone}");
    public static readonly ApiMethod RegionsList = List("regions", string.Empty, "regions");
    public static readonly ApiMethod RegionsGet = Get("regions", string.Empty, "regions/{region}");
    public static readonly ApiMethod MachineTypesAggregatedList = Aggregated("machineTypes");
    public static readonly ApiMethod MachineTypesList = List("machineTypes", Zone, "machineTypes");
    public static readonly ApiMethod MachineTypesGet = Get("machineTypes", Zone, "machineTypes/{machineType}");
    public static readonly ApiMethod ImagesList = List("images", Global, "images");
    public static readonly ApiMethod ImagesGet = Get("images", Global, "images/{image}");
    public static readonly ApiMethod ImagesGetFromFamily = new(
        ApiService.Compute, "compute.images.getFromFamily", HttpMethod.Get, "projects/{project}/global/images/family/{family}", RetryClass.Idempotent);

    public static readonly ApiMethod DisksAggregatedList = Aggregated("disks");
    public static readonly ApiMethod DisksList = List("disks", Zone, "disks");
    public static readonly ApiMethod DisksGet = Get("disks", Zone, "disks/{disk}");
    public static readonly ApiMethod RegionDisksList = List("regionDisks", Region, "disks");
    public static readonly ApiMethod RegionDisksGet = Get("regionDisks", Region, "disks/{disk}");
    public static readonly ApiMethod SnapshotsList = List("snapshots", Global, "snapshots");
    public static readonly ApiMethod SnapshotsGet = Get("snapshots", Global, "snapshots/{snapshot}");
    public static readonly ApiMethod NetworksList = List("networks", Global, "networks");
    public static readonly ApiMethod NetworksGet = Get("networks", Global, "networks/{network}");
    public static readonly ApiMethod FirewallsList = List("firewalls", Global, "firewalls");
    public static readonly ApiMethod FirewallsGet = Get("firewalls", Global, "firewalls/{firewall}");
    public static readonly ApiMethod AddressesAggregatedList = Aggregated("addresses");
    public static readonly ApiMethod AddressesList = List("addresses", Region, "addresses");
    public static readonly ApiMethod AddressesGet = Get("addresses", Region, "addresses/{address}");
    public static readonly ApiMethod GlobalAddressesList = List("globalAddresses", Global, "addresses");
    public static readonly ApiMethod GlobalAddressesGet = Get("globalAddresses", Global, "addresses/{address}");
    public static readonly ApiMethod TemplatesAggregatedList = Aggregated("instanceTemplates");
    public static readonly ApiMethod TemplatesList = List("instanceTemplates", Global, "instanceTemplates");
    public static readonly ApiMethod TemplatesGet = Get("instanceTemplates", Global, "instanceTemplates/{instanceTemplate}");
    public static readonly ApiMethod RegionTemplatesList = List("regionInstanceTemplates", Region, "instanceTemplates");
    public static readonly ApiMethod RegionTemplatesGet = Get("regionInstanceTemplates", Region, "instanceTemplates/{instanceTemplate}");
    public static readonly ApiMethod GroupsAggregatedList = Aggregated("instanceGroupManagers");
    public static readonly ApiMethod GroupsList = List("instanceGroupManagers", Zone, "instanceGroupManagers");
    public static readonly ApiMethod GroupsGet = Get("instanceGroupManagers", Zone, "instanceGroupManagers/{instanceGroupManager}");
    public static readonly ApiMethod GroupsListMembers = Members("instanceGroupManagers", Zone);
    public static readonly ApiMethod RegionGroupsList = List("regionInstanceGroupManagers", Region, "instanceGroupManagers");
    public static readonly ApiMethod RegionGroupsGet = Get("regionInstanceGroupManagers", Region, "instanceGroupManagers/{instanceGroupManager}");
    public static readonly ApiMethod RegionGroupsListMembers = Members("regionInstanceGroupManagers", Region);

    public static readonly ApiMethod[] All =
    [
        ZonesList, ZonesGet, RegionsList, RegionsGet, MachineTypesAggregatedList, MachineTypesList, MachineTypesGet, ImagesList, ImagesGet,
        ImagesGetFromFamily, DisksAggregatedList, DisksList, DisksGet, RegionDisksList, RegionDisksGet, SnapshotsList, SnapshotsGet,
        NetworksList, NetworksGet, FirewallsList, FirewallsGet, AddressesAggregatedList, AddressesList, AddressesGet, GlobalAddressesList,
        GlobalAddressesGet, TemplatesAggregatedList, TemplatesList, TemplatesGet, RegionTemplatesList, RegionTemplatesGet,
        GroupsAggregatedList, GroupsList, GroupsGet, GroupsListMembers, RegionGroupsList, RegionGroupsGet, RegionGroupsListMembers,
    ];

    private static ApiMethod Get(string kind, string scope, string path) => new(
        ApiService.Compute, "compute." + kind + ".get", HttpMethod.Get, "projects/{project}/" + scope + path, RetryClass.Idempotent);

    private static ApiMethod List(string kind, string scope, string path) => new(
        ApiService.Compute, "compute." + kind + ".list", HttpMethod.Get, "projects/{project}/" + scope + path, RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess");

    private static ApiMethod Aggregated(string kind) => new(
        ApiService.Compute, "compute." + kind + ".aggregatedList", HttpMethod.Get, "projects/{project}/aggregated/" + kind,
        RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess", "includeAllScopes", "serviceProjectNumber");

    // A question asked by POST: it changes nothing.
    private static ApiMethod Members(string kind, string scope) => new(
        ApiService.Compute, "compute." + kind + ".listManagedInstances", HttpMethod.Post,
        "projects/{project}/" + scope + "instanceGroupManagers/{instanceGroupManager}/listManagedInstances", RetryClass.Idempotent,
        "filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess");
}
