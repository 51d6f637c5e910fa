using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A firewall rule of a VPC network.</summary>
public sealed class GceFirewallRule
{
    /// <summary>The name, unique in its project.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The network's name.</summary>
    public string? Network { get; internal set; }

    /// <summary>INGRESS or EGRESS.</summary>
    public string Direction { get; internal set; } = string.Empty;

    /// <summary>The lower, the sooner; 0 to 65535.</summary>
    public long Priority { get; internal set; }

    /// <summary>ALLOW or DENY.</summary>
    public string Action => Denied.Count > 0 ? "DENY" : "ALLOW";

    /// <summary>What it lets through: "tcp:22,443", "icmp", "all".</summary>
    public IReadOnlyList<string> Allowed { get; internal set; } = Array.Empty<string>();

    /// <summary>What it stops, in the same form.</summary>
    public IReadOnlyList<string> Denied { get; internal set; } = Array.Empty<string>();

    /// <summary>Where packets come from, as ranges of addresses.</summary>
    public IReadOnlyList<string> SourceRanges { get; internal set; } = Array.Empty<string>();

    /// <summary>Where packets go to, as ranges of addresses.</summary>
    public IReadOnlyList<string> DestinationRanges { get; internal set; } = Array.Empty<string>();

    /// <summary>Network tags of the instances that packets come from.</summary>
    public IReadOnlyList<string> SourceTags { get; internal set; } = Array.Empty<string>();

    /// <summary>Network tags of the instances that it is for; with no account either, all.</summary>
    public IReadOnlyList<string> TargetTags { get; internal set; } = Array.Empty<string>();

    /// <summary>Service accounts of the instances that packets come from.</summary>
    public IReadOnlyList<string> SourceServiceAccounts { get; internal set; } = Array.Empty<string>();

    /// <summary>Service accounts of the instances that it is for.</summary>
    public IReadOnlyList<string> TargetServiceAccounts { get; internal set; } = Array.Empty<string>();

    /// <summary>True where it does nothing.</summary>
    public bool Disabled { get; internal set; }

    /// <summary>True where what it does is logged.</summary>
    public bool LogEnabled { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The rule's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
