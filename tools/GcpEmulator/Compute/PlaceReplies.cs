using System.Globalization;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>Zones, regions and the project: as much of them as clients look at (discovery document of Compute v1).</summary>
internal sealed class PlaceReplies
{
    private const string Created = "1969-12-31T16:00:00.000-08:00"; // as the real places have it
    private readonly CloudState _state;
    private readonly string _project;
    private readonly Listing<string> _zones;
    private readonly Listing<string> _regions;

    public PlaceReplies(CloudState state, string project)
    {
        _state = state;
        _project = project;
        _zones = Listing("zones", "compute#zone", WriteZone);
        _regions = Listing("regions", "compute#region", WriteRegion);
    }

    public Reply Project(EmulatedRequest request, EmulatedProject project) => JsonAnswer.Create(request, ComputeFields.Of("projects"), json =>
    {
        IReadOnlyDictionary<string, string> metadata = _state.Compute.ProjectMetadataOf(project.Id);
        json.WriteStartObject();
        json.WriteString("kind", "compute#project");
        json.WriteString("id", StableNumbers.Id(project.Id).ToString(CultureInfo.InvariantCulture));
        json.WriteString("creationTimestamp", "2024-05-06T07:08:09.123-07:00");
        json.WriteString("name", project.Id);
        json.WriteStartObject("commonInstanceMetadata");
        json.WriteString("kind", "compute#metadata");
        json.WriteString("fingerprint", ProjectMetadata.Fingerprint(project, metadata));
        InstanceParts.WriteItems(json, metadata);
        json.WriteEndObject();
        json.WriteString("selfLink", ComputeUrls.Root + "projects/" + project.Id);
        json.WriteString("defaultServiceAccount", project.DefaultServiceAccount);
        json.WriteString("xpnProjectStatus", "UNSPECIFIED_XPN_PROJECT_STATUS");
        json.WriteString("defaultNetworkTier", "PREMIUM");
        json.WriteString("vmDnsSetting", "ZONAL_ONLY");
        json.WriteEndObject();
    });

    public Reply Zones(EmulatedRequest request) => _zones.Project(request, _project, Places.Zones);

    public Reply Zone(EmulatedRequest request, string zone) => JsonAnswer.Create(request, ComputeFields.Of("zones"), json => WriteZone(json, zone));

    public Reply Regions(EmulatedRequest request) => _regions.Project(request, _project, Places.Regions);

    public Reply Region(EmulatedRequest request, string region) =>
        JsonAnswer.Create(request, ComputeFields.Of("regions"), json => WriteRegion(json, region));

    private Listing<string> Listing(string collection, string kind, Action<Utf8JsonWriter, string> write) =>
        new(collection, kind, static _ => string.Empty, static n => n, write, _state.Instances) { FlatSchema = ComputeFields.ListOf(collection) };

    private void WriteZone(Utf8JsonWriter json, string zone)
    {
        json.WriteStartObject();
        WritePlace(json, "compute#zone", zone, "zones/" + zone);
        json.WriteString("region", ComputeUrls.Scope(_project, "regions/" + Places.RegionOf(zone)));
        InstanceJson.WriteStrings(json, "availableCpuPlatforms", ["Intel Broadwell", "Intel Ice Lake", "AMD Milan"]);
        json.WriteBoolean("supportsPzs", true);
        json.WriteEndObject();
    }

    private void WriteRegion(Utf8JsonWriter json, string region)
    {
        json.WriteStartObject();
        WritePlace(json, "compute#region", region, "regions/" + region);
        InstanceJson.WriteStrings(json, "zones", [.. Places.ZonesOf(region).Select(zone => ComputeUrls.Scope(_project, "zones/" + zone))]);
        json.WriteStartArray("quotas");
        WriteQuota(json, "CPUS", _state.Compute.Limits.Cpus(_project, region) ?? 24, MachineTypes.UsedCpus(_state, _project, region));
        WriteQuota(json, "INSTANCES", 6000, _state.Instances.All(_project).Count(i => Places.RegionOf(i.Zone) == region));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteQuota(Utf8JsonWriter json, string metric, int limit, int usage)
    {
        json.WriteStartObject();
        json.WriteString("metric", metric);
        json.WriteNumber("limit", limit);
        json.WriteNumber("usage", usage);
        json.WriteEndObject();
    }

    private void WritePlace(Utf8JsonWriter json, string kind, string name, string path)
    {
        json.WriteString("kind", kind);
        json.WriteString("id", (StableNumbers.Hash(name) % 10000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("creationTimestamp", Created);
        json.WriteString("name", name);
        json.WriteString("description", name);
        json.WriteString("status", "UP");
        json.WriteString("selfLink", ComputeUrls.Scope(_project, path));
    }
}
