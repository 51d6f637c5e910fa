using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A reserved IP address, of a region or global.</summary>
public sealed class GceAddress
{
    /// <summary>The name, unique in its region.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The region's name; null for a global one.</summary>
    public string? Region { get; internal set; }

    /// <summary>The address.</summary>
    public string? Address { get; internal set; }

    /// <summary>EXTERNAL or INTERNAL.</summary>
    public string? AddressType { get; internal set; }

    /// <summary>RESERVING, RESERVED or IN_USE.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>What an internal one is for: GCE_ENDPOINT, VPC_PEERING ...</summary>
    public string? Purpose { get; internal set; }

    /// <summary>The addresses of the resources that use it.</summary>
    public IReadOnlyList<string> Users { get; internal set; } = Array.Empty<string>();

    /// <summary>The network's name.</summary>
    public string? Network { get; internal set; }

    /// <summary>The subnetwork's name.</summary>
    public string? Subnetwork { get; internal set; }

    /// <summary>IPV4 or IPV6.</summary>
    public string? IpVersion { get; internal set; }

    /// <summary>PREMIUM or STANDARD.</summary>
    public string? NetworkTier { get; internal set; }

    /// <summary>Of a range, the length of its prefix.</summary>
    public int? PrefixLength { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>Changes with the labels; sent back with a change of them.</summary>
    public string? LabelFingerprint { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The address's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>Where it is: its region, else "global".</summary>
    public string Location => Region ?? "global";

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
