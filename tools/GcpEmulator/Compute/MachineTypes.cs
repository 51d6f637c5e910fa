using System.Globalization;
using System.Text.Json;
using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>machineTypes: some of the machine families ("Machine families resource and comparison guide").</summary>
internal sealed class MachineTypes
{
    private static readonly (string Name, int Cpus, int MemoryMb)[] Types =
    [
        ("c3-standard-8", 8, 32768), ("e2-medium", 2, 4096), ("e2-micro", 2, 1024), ("e2-small", 2, 2048), ("e2-standard-2", 2, 8192),
        ("e2-standard-4", 4, 16384), ("n1-standard-1", 1, 3840), ("n2-standard-2", 2, 8192), ("n2-standard-4", 4, 16384),
        ("n2d-standard-2", 2, 8192),
    ];

    private readonly string _project;
    private readonly Listing<(string Zone, int Type)> _listing;

    public MachineTypes(CloudState state, string project)
    {
        _project = project;
        _listing = new("machineTypes", "compute#machineType", static i => "zones/" + i.Zone, static i => Types[i.Type].Name, Write, state.Instances)
        {
            FlatSchema = ComputeFields.ListOf("machineTypes"),
            AggregatedSchema = ComputeFields.AggregatedOf("machineTypes"),
        };
    }

    /// <summary>The name of a machine type that a request names by URL, by its end or by its name.</summary>
    public static string Check(string url, string zone)
    {
        string name = ComputeUrls.LastPart(url);
        return Types.Any(t => t.Name == name) || IsCustom(name)
            ? name
            : throw ComputeErrors.InvalidValue("resource.machineType", url, $"Machine type with name '{name}' does not exist in zone '{zone}'.");
    }

    public static int CpusOf(string name) => Types.FirstOrDefault(t => t.Name == name).Cpus is > 0 and int cpus ? cpus
        : IsCustom(name) && int.TryParse(name.Split('-')[^2], NumberStyles.None, CultureInfo.InvariantCulture, out int own) ? own : 1;

    /// <summary>What counts against the quota CPUS ("Allocation quotas": stopped machines use no CPUs).</summary>
    public static int UsedCpus(CloudState state, string project, string region) => state.Instances.All(project)
        .Where(i => i.Status is not ("TERMINATED" or "SUSPENDED") && Places.RegionOf(i.Zone) == region)
        .Sum(i => CpusOf(i.MachineType));

    public Reply List(EmulatedRequest request, string zone) => _listing.Flat(request, _project, "zones/" + zone, In(zone));

    public Reply Aggregated(EmulatedRequest request) => _listing.Aggregated(request, _project, Places.ZoneScopes, Places.Zones.SelectMany(In));

    public Reply Get(EmulatedRequest request, string zone, string name) => Array.FindIndex(Types, t => t.Name == name) is >= 0 and int at
        ? JsonAnswer.Create(request, ComputeFields.Of("machineTypes"), json => Write(json, (zone, at)))
        : throw ComputeErrors.NotFound($"projects/{_project}/zones/{zone}/machineTypes/{name}");

    private static IEnumerable<(string, int)> In(string zone) => Enumerable.Range(0, Types.Length).Select(t => (zone, t));

    // custom-CPUS-MB and FAMILY-custom-CPUS-MB ("Creating a VM with a custom machine type").
    private static bool IsCustom(string name) => name.StartsWith("custom-", StringComparison.Ordinal) || name.Contains("-custom-", StringComparison.Ordinal);

    private void Write(Utf8JsonWriter json, (string Zone, int Type) item)
    {
        (string name, int cpus, int memory) = Types[item.Type];
        json.WriteStartObject();
        json.WriteString("kind", "compute#machineType");
        json.WriteString("id", (StableNumbers.Hash(name) % 1_000_000).ToString(CultureInfo.InvariantCulture));
        json.WriteString("creationTimestamp", "1969-12-31T16:00:00.000-08:00");
        json.WriteString("name", name);
        json.WriteString("description", string.Create(CultureInfo.InvariantCulture, $"{cpus} vCPUs, {memory / 1024} GB RAM"));
        json.WriteNumber("guestCpus", cpus);
        json.WriteNumber("memoryMb", memory);
        json.WriteNumber("imageSpaceGb", 0);
        json.WriteNumber("maximumPersistentDisks", 128);
        json.WriteString("maximumPersistentDisksSizeGb", "263168");
        json.WriteString("zone", item.Zone);
        json.WriteString("selfLink", ComputeUrls.Resource(_project, "zones/" + item.Zone, "machineTypes", name));
        json.WriteBoolean("isSharedCpu", name is "e2-micro" or "e2-small" or "e2-medium");
        json.WriteString("architecture", "X86_64");
        json.WriteEndObject();
    }
}
