using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Zones, regions and machine types. Source: https://cloud.google.com/compute/docs/reference/rest/v1/zones and its neighbours.</summary>
internal static class PlaceKinds
{
    private static readonly ResourceMap<GceQuota> s_quota = new ResourceMap<GceQuota>()
        .Word("metric", static (q, v) => q.Metric = v ?? string.Empty)
        .Add("limit", static (ref json, q) => q.Limit = ReadNumber(ref json))
        .Add("usage", static (ref json, q) => q.Usage = ReadNumber(ref json));

    private static readonly ResourceMap<GceZone> s_zone = new ResourceMap<GceZone>(static z => z.Project = ResourceParts.ProjectOf(z.Name, z.SelfLink))
        .Id("id", static (z, v) => z.Id = v)
        .Word("name", static (z, v) => z.Name = v ?? string.Empty)
        .Text("description", static (z, v) => z.Description = v)
        .Name("region", static (z, v) => z.Region = v)
        .Word("status", static (z, v) => z.Status = v ?? string.Empty)
        .Add("deprecated/state", static (ref json, z) => z.DeprecationState = ResourceParts.ReadDeprecation(ref json))
        .Texts("availableCpuPlatforms", static (z, v) => z.AvailableCpuPlatforms = v)
        .Text("selfLink", static (z, v) => z.SelfLink = v);

    private static readonly ResourceMap<GceRegion> s_region = new ResourceMap<GceRegion>(static r => r.Project = ResourceParts.ProjectOf(r.Name, r.SelfLink))
        .Id("id", static (r, v) => r.Id = v)
        .Word("name", static (r, v) => r.Name = v ?? string.Empty)
        .Text("description", static (r, v) => r.Description = v)
        .Word("status", static (r, v) => r.Status = v ?? string.Empty)
        .Add("deprecated/state", static (ref json, r) => r.DeprecationState = ResourceParts.ReadDeprecation(ref json))
        .Names("zones", static (r, v) => r.Zones = v)
        .List("quotas(" + s_quota.Fields + ")", s_quota.Read, static (r, v) => r.Quotas = v)
        .Text("selfLink", static (r, v) => r.SelfLink = v);

    private static readonly ResourceMap<GceMachineType> s_machineType =
        new ResourceMap<GceMachineType>(static m => m.Project = ResourceParts.ProjectOf(m.Name, m.SelfLink))
        .Id("id", static (m, v) => m.Id = v)
        .Word("name", static (m, v) => m.Name = v ?? string.Empty)
        .Text("description", static (m, v) => m.Description = v)
        .Name("zone", static (m, v) => m.Zone = v ?? string.Empty)
        .Number("guestCpus", static (m, v) => m.GuestCpus = (int)(v ?? 0))
        .Number("memoryMb", static (m, v) => m.MemoryMB = (int)(v ?? 0))
        .Flag("isSharedCpu", static (m, v) => m.IsSharedCpu = v)
        .Word("architecture", static (m, v) => m.Architecture = v)
        .Number("maximumPersistentDisks", static (m, v) => m.MaximumPersistentDisks = (int)(v ?? 0))
        .Number("maximumPersistentDisksSizeGb", static (m, v) => m.MaximumPersistentDisksSizeGB = v)
        .Add("deprecated/state", static (ref json, m) => m.DeprecationState = ResourceParts.ReadDeprecation(ref json))
        .Text("selfLink", static (m, v) => m.SelfLink = v);

    public static readonly ResourceKind<GceZone> Zones = new("zone", "zones", s_zone.Fields, s_zone.Read)
    {
        Global = new(ComputeResourcesApi.ZonesList, ComputeResourcesApi.ZonesGet),
        NotFound = static (name, project) => Errors.ZoneNotFound(name, project),
        CheckName = Names.Zone,
    };

    public static readonly ResourceKind<GceRegion> Regions = new("region", "regions", s_region.Fields, s_region.Read)
    {
        Global = new(ComputeResourcesApi.RegionsList, ComputeResourcesApi.RegionsGet),
    };

    public static readonly ResourceKind<GceMachineType> MachineTypes = new("machine type", "machineTypes", s_machineType.Fields, s_machineType.Read)
    {
        InZone = new(ComputeResourcesApi.MachineTypesList, ComputeResourcesApi.MachineTypesGet),
        Everywhere = ComputeResourcesApi.MachineTypesAggregatedList,
    };

    private static double ReadNumber(ref JsonCursor json) => json.Value() switch
    {
        long number => number,
        ulong number => number,
        double number => number,
        _ => 0,
    };
}
