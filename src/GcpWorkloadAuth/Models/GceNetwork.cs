using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A VPC network.</summary>
public sealed class GceNetwork
{
    /// <summary>The name, unique in its project.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>AUTO, CUSTOM or LEGACY: where its subnetworks come from.</summary>
    public string Mode => IPv4Range is not null ? "LEGACY" : AutoCreateSubnetworks ? "AUTO" : "CUSTOM";

    /// <summary>True where every region has a subnetwork by itself.</summary>
    public bool AutoCreateSubnetworks { get; internal set; }

    /// <summary>REGIONAL or GLOBAL.</summary>
    public string? RoutingMode { get; internal set; }

    /// <summary>The largest packet, in bytes; null where the server says nothing.</summary>
    public int? Mtu { get; internal set; }

    /// <summary>The addresses of its subnetworks.</summary>
    public IReadOnlyList<string> Subnetworks { get; internal set; } = Array.Empty<string>();

    /// <summary>The names of its peerings.</summary>
    public IReadOnlyList<string> Peerings { get; internal set; } = Array.Empty<string>();

    /// <summary>The range of a legacy network; null for every other.</summary>
    public string? IPv4Range { get; internal set; }

    /// <summary>The gateway of a legacy network; null for every other.</summary>
    public string? GatewayIPv4 { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The network's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
