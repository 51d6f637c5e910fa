using System.Text.Json.Serialization;

namespace GcpWorkloadAuth.Benchmarks;

// The fields the module asks for, as plain types: what the peer of the list benchmark reads.
internal sealed record AggregatedList(Dictionary<string, ScopedList>? Items, string? NextPageToken);

internal sealed record ScopedList(List<Instance>? Instances, Warning? Warning);

internal sealed record Warning(string? Code);

internal sealed record Instance
{
    public ulong Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Zone { get; init; }

    public string? Status { get; init; }

    public string? StatusMessage { get; init; }

    public string? MachineType { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public DateTimeOffset? LastStartTimestamp { get; init; }

    public DateTimeOffset? LastStopTimestamp { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public string? LabelFingerprint { get; init; }

    public string? Fingerprint { get; init; }

    public Tags? Tags { get; init; }

    public Metadata? Metadata { get; init; }

    public List<Account>? ServiceAccounts { get; init; }

    public List<Disk>? Disks { get; init; }

    public List<NetworkInterface>? NetworkInterfaces { get; init; }

    public Scheduling? Scheduling { get; init; }

    public string? CpuPlatform { get; init; }

    public bool DeletionProtection { get; init; }

    public bool CanIpForward { get; init; }

    public string? Hostname { get; init; }

    public string? SelfLink { get; init; }
}

internal sealed record Tags(List<string>? Items, string? Fingerprint);

internal sealed record Metadata(List<MetadataItem>? Items, string? Fingerprint);

internal sealed record MetadataItem(string? Key, string? Value);

internal sealed record Account(string? Email, List<string>? Scopes);

internal sealed record Disk(
    string? Source, string? DeviceName, bool Boot, bool AutoDelete, string? Mode, string? Type, string? Interface, long DiskSizeGb, int Index);

internal sealed record NetworkInterface(
    string? Name, string? Network, string? Subnetwork, string? NetworkIP, string? Ipv6Address, string? StackType, string? Fingerprint,
    List<AccessConfig>? AccessConfigs);

internal sealed record AccessConfig(string? Name, string? NatIP);

internal sealed record Scheduling(
    string? ProvisioningModel, bool Preemptible, bool AutomaticRestart, string? OnHostMaintenance, string? InstanceTerminationAction);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(AggregatedList))]
internal sealed partial class WireJson : JsonSerializerContext;
