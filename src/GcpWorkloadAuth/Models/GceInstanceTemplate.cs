using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>An instance template, of a region or global.</summary>
public sealed class GceInstanceTemplate
{
    /// <summary>The name, unique in its region.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The region's name; null for a global one.</summary>
    public string? Region { get; internal set; }

    /// <summary>The machine type's name.</summary>
    public string? MachineType { get; internal set; }

    /// <summary>The image of the boot disk, as an address; null where it is from something else.</summary>
    public string? SourceImage { get; internal set; }

    /// <summary>The network interfaces of its instances.</summary>
    public IReadOnlyList<GceNetworkInterface> NetworkInterfaces { get; internal set; } = Array.Empty<GceNetworkInterface>();

    /// <summary>The service accounts of its instances, with their scopes.</summary>
    public IReadOnlyList<GceServiceAccount> ServiceAccounts { get; internal set; } = Array.Empty<GceServiceAccount>();

    /// <summary>The disks of its instances, the boot disk first.</summary>
    public IReadOnlyList<GceAttachedDisk> Disks { get; internal set; } = Array.Empty<GceAttachedDisk>();

    /// <summary>How its instances are scheduled.</summary>
    public GceScheduling? Scheduling { get; internal set; }

    /// <summary>The network tags of its instances.</summary>
    public IReadOnlyList<string> Tags { get; internal set; } = Array.Empty<string>();

    /// <summary>The labels of its instances.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>The custom metadata of its instances.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal set; } = NoLabels.Instance;

    /// <summary>The instance that it was made from, as an address.</summary>
    public string? SourceInstance { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The template's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>Where it is: its region, else "global".</summary>
    public string Location => Region ?? "global";

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
