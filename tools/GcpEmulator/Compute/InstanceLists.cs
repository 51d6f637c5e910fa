using System.Globalization;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>instances.list, instances.aggregatedList and instances.get (discovery document of Compute v1).</summary>
internal sealed class InstanceLists(CloudState state)
{
    private readonly PageCache _cache = new(() => state.Instances.Version);

    private readonly Listing<EmulatedInstance> _listing = new(
        "instances", "compute#instance", static i => "zones/" + i.Zone, static i => i.Name, InstanceJson.Write, state.Instances)
    {
        FlatSchema = FieldSchemas.Instances,
        AggregatedSchema = FieldSchemas.AggregatedInstances,
    };

    public static Reply Get(EmulatedRequest request, CloudState state, string project, string zone, string name) =>
        Find(state, project, zone, name) is EmulatedInstance instance
            ? JsonAnswer.Create(request, FieldSchemas.Instance, json => InstanceJson.Write(json, instance))
            : throw ComputeErrors.NotFound($"projects/{project}/zones/{zone}/instances/{name}");

    /// <summary>An instance by name or id.</summary>
    public static EmulatedInstance? Find(CloudState state, string project, string zone, string name) =>
        state.Instances.Find(zone, name, project)
        ?? (char.IsAsciiDigit(name[0])
            ? state.Instances.All(project).FirstOrDefault(i => i.Zone == zone && i.Id.ToString(CultureInfo.InvariantCulture) == name)
            : null);

    public Reply Zonal(EmulatedRequest request, string project, string zone) => _cache.Get(request, () =>
        _listing.Flat(request, project, "zones/" + zone, state.Instances.All(project).Where(i => i.Zone == zone)));

    public Reply Aggregated(EmulatedRequest request, string project) => _cache.Get(request, () =>
        _listing.Aggregated(request, project, Places.ZoneScopes, state.Instances.All(project)));
}
