using System.Globalization;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>Zones, regions, machine types and the project: as much of them as clients look at (discovery document of Compute v1).</summary>
internal static class PlaceReplies
{
    private const string Root = "https://www.googleapis.com/compute/v1/projects/";
    private const string Created = "1969-12-31T16:00:00.000-08:00"; // as the real places have it

    private static readonly (string Name, int Cpus, int MemoryMb)[] Types =
    [
        ("c3-standard-8", 8, 32768), ("e2-medium", 2, 4096), ("e2-micro", 2, 1024), ("e2-small", 2, 2048), ("e2-standard-2", 2, 8192),
        ("e2-standard-4", 4, 16384), ("n1-standard-1", 1, 3840), ("n2-standard-2", 2, 8192), ("n2-standard-4", 4, 16384),
        ("n2d-standard-2", 2, 8192),
    ];

    public static Reply Project(EmulatedRequest request, EmulatedProject project, IReadOnlyDictionary<string, string> metadata) => JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
    {
        json.WriteStartObject();
        json.WriteString("kind", "compute#project");
        json.WriteString("id", StableNumbers.Id(project.Id).ToString(CultureInfo.InvariantCulture));
        json.WriteString("creationTimestamp", "2024-05-06T07:08:09.123-07:00");
        json.WriteString("name", project.Id);
        json.WriteStartObject("commonInstanceMetadata");
        json.WriteString("kind", "compute#metadata");
        json.WriteString("fingerprint", ProjectMetadata.Fingerprint(project, metadata));
        if (metadata.Count > 0)
        {
            json.WriteStartArray("items");
            foreach ((string key, string value) in metadata)
            {
                json.WriteStartObject();
                json.WriteString("key", key);
                json.WriteString("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteString("selfLink", Root + project.Id);
        json.WriteString("defaultServiceAccount", project.DefaultServiceAccount);
        json.WriteString("xpnProjectStatus", "UNSPECIFIED_XPN_PROJECT_STATUS");
        json.WriteString("defaultNetworkTier", "PREMIUM");
        json.WriteString("vmDnsSetting", "ZONAL_ONLY");
        json.WriteEndObject();
    });

    /// <summary>The name of a machine type that a request names by URL, by its end or by its name.</summary>
    public static string CheckMachineType(string url, string zone)
    {
        string name = ComputeUrls.LastPart(url);
        return Types.Any(t => t.Name == name) || IsCustom(name)
            ? name
            : throw ComputeErrors.InvalidValue("resource.machineType", url, $"Machine type with name '{name}' does not exist in zone '{zone}'.");
    }

    // custom-CPUS-MB and FAMILY-custom-CPUS-MB ("Creating a VM with a custom machine type").
    private static bool IsCustom(string name) => name.StartsWith("custom-", StringComparison.Ordinal) || name.Contains("-custom-", StringComparison.Ordinal);

    public static Reply Zones(EmulatedRequest request, string project) =>
        List(request, "compute#zoneList", $"projects/{project}/zones", Places.Zones, (json, zone) => WriteZone(json, project, zone));

    public static Reply Zone(EmulatedRequest request, string project, string zone) =>
        JsonAnswer.Create(request, FieldSchemas.Unchecked, json => WriteZone(json, project, zone));

    public static Reply Regions(EmulatedRequest request, string project) =>
        List(request, "compute#regionList", $"projects/{project}/regions", Places.Regions, (json, region) => WriteRegion(json, project, region));

    public static Reply Region(EmulatedRequest request, string project, string region) => Places.Regions.Contains(region)
        ? JsonAnswer.Create(request, FieldSchemas.Unchecked, json => WriteRegion(json, project, region))
        : GoogleErrors.NotFound($"The resource 'projects/{project}/regions/{region}' was not found");

    public static Reply MachineTypes(EmulatedRequest request, string project, string zone) =>
        List(request, "compute#machineTypeList", $"projects/{project}/zones/{zone}/machineTypes", Types.Select(t => t.Name),
            (json, name) => WriteMachineType(json, project, zone, name));

    public static Reply MachineType(EmulatedRequest request, string project, string zone, string name) => Types.Any(t => t.Name == name)
        ? JsonAnswer.Create(request, FieldSchemas.Unchecked, json => WriteMachineType(json, project, zone, name))
        : GoogleErrors.NotFound($"The resource 'projects/{project}/zones/{zone}/machineTypes/{name}' was not found");

    public static Reply AggregatedMachineTypes(EmulatedRequest request, string project) => JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
    {
        json.WriteStartObject();
        json.WriteString("kind", "compute#machineTypeAggregatedList");
        json.WriteString("id", $"projects/{project}/aggregated/machineTypes");
        json.WriteStartObject("items");
        foreach (string zone in Places.Zones)
        {
            json.WriteStartObject("zones/" + zone);
            json.WriteStartArray("machineTypes");
            foreach ((string name, _, _) in Types)
            {
                WriteMachineType(json, project, zone, name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("selfLink", $"{Root}{project}/aggregated/machineTypes");
        json.WriteEndObject();
    });

    // All places fit one page; paging is shown by the instances.
    private static Reply List(EmulatedRequest request, string kind, string id, IEnumerable<string> names, Action<Utf8JsonWriter, string> write)
    {
        Func<JsonElement, bool>? condition = null;
        if (request.Parameter("filter") is { Length: > 0 } text && (condition = Filter.Parse(text)) is null)
        {
            return GoogleErrors.Invalid($"Invalid value for field 'filter': '{text}'. Invalid list filter expression.");
        }

        return JsonAnswer.Create(request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteString("id", id);
            json.WriteStartArray("items");
            foreach (string name in names)
            {
                using JsonDocument item = JsonDocument.Parse(JsonAnswer.Render(j => write(j, name)));
                if (condition?.Invoke(item.RootElement) != false)
                {
                    item.RootElement.WriteTo(json);
                }
            }

            json.WriteEndArray();
            json.WriteString("selfLink", "https://www.googleapis.com/compute/v1/" + id);
            json.WriteEndObject();
        });
    }

    private static void WriteZone(Utf8JsonWriter json, string project, string zone)
    {
        json.WriteStartObject();
        WritePlace(json, "compute#zone", zone, $"{Root}{project}/zones/{zone}");
        json.WriteString("region", $"{Root}{project}/regions/{Places.RegionOf(zone)}");
        InstanceJson.WriteStrings(json, "availableCpuPlatforms", ["Intel Broadwell", "Intel Ice Lake", "AMD Milan"]);
        json.WriteBoolean("supportsPzs", true);
        json.WriteEndObject();
    }

    private static void WriteRegion(Utf8JsonWriter json, string project, string region)
    {
        json.WriteStartObject();
        WritePlace(json, "compute#region", region, $"{Root}{project}/regions/{region}");
        InstanceJson.WriteStrings(json, "zones", [.. Places.ZonesOf(region).Select(zone => $"{Root}{project}/zones/{zone}")]);
        json.WriteStartArray("quotas");
        json.WriteStartObject();
        json.WriteString("metric", "CPUS");
        json.WriteNumber("limit", 24);
        json.WriteNumber("usage", 4);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, string kind, string name, string selfLink)
    {
        json.WriteString("kind", kind);
        json.WriteString("id", (StableNumbers.Hash(name) % 10000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("creationTimestamp", Created);
        json.WriteString("name", name);
        json.WriteString("description", name);
        json.WriteString("status", "UP");
        json.WriteString("selfLink", selfLink);
    }

    private static void WriteMachineType(Utf8JsonWriter json, string project, string zone, string name)
    {
        (_, int cpus, int memory) = Types.First(t => t.Name == name);
        json.WriteStartObject();
        json.WriteString("kind", "compute#machineType");
        json.WriteString("id", (StableNumbers.Hash(name) % 1_000_000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("creationTimestamp", Created);
        json.WriteString("name", name);
        json.WriteString("description", string.Create(CultureInfo.InvariantCulture, $"{cpus} vCPUs, {memory / 1024} GB RAM"));
        json.WriteNumber("guestCpus", cpus);
        json.WriteNumber("memoryMb", memory);
        json.WriteNumber("imageSpaceGb", 0);
        json.WriteNumber("maximumPersistentDisks", 128);
        json.WriteString("maximumPersistentDisksSizeGb", "263168");
        json.WriteString("zone", zone);
        json.WriteString("selfLink", $"{Root}{project}/zones/{zone}/machineTypes/{name}");
        json.WriteBoolean("isSharedCpu", cpus == 2);
        json.WriteString("architecture", "X86_64");
        json.WriteEndObject();
    }
}
