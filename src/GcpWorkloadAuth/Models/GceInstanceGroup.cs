using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A managed instance group, of a zone or of a region.</summary>
public sealed class GceInstanceGroup
{
    private string? _region;

    /// <summary>The name, unique in its zone or region.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The zone's name; null for a regional group.</summary>
    public string? Zone { get; internal set; }

    /// <summary>The region's name; that of the zone for what is in a zone.</summary>
    public string? Region
    {
        get => Zone is null ? _region : GceInstance.RegionOf(Zone);
        internal set => _region = value;
    }

    /// <summary>The zones that a regional group spreads over.</summary>
    public IReadOnlyList<string> Zones { get; internal set; } = Array.Empty<string>();

    /// <summary>How many instances it is to have.</summary>
    public int TargetSize { get; internal set; }

    /// <summary>True where nothing is being done to it.</summary>
    public bool IsStable { get; internal set; }

    /// <summary>How many of its instances nothing is done to.</summary>
    public int Ready { get; internal set; }

    /// <summary>How many are being made.</summary>
    public int Creating { get; internal set; }

    /// <summary>How many are being made anew.</summary>
    public int Recreating { get; internal set; }

    /// <summary>How many are being deleted.</summary>
    public int Deleting { get; internal set; }

    /// <summary>How many something else is done to: restarting, refreshing, verifying ...</summary>
    public int Other { get; internal set; }

    /// <summary>The template of new instances, as an address.</summary>
    public string? InstanceTemplate { get; internal set; }

    /// <summary>The name of that template.</summary>
    public string? InstanceTemplateName => InstanceTemplate is { } link ? link.Substring(link.LastIndexOf('/') + 1) : null;

    /// <summary>How the names of its instances begin.</summary>
    public string? BaseInstanceName { get; internal set; }

    /// <summary>Names of ports, and their numbers.</summary>
    public IReadOnlyDictionary<string, string> NamedPorts { get; internal set; } = NoLabels.Instance;

    /// <summary>The address of the group that load balancers use.</summary>
    public string? InstanceGroup { get; internal set; }

    /// <summary>Changes with the group; sent back with a change of it.</summary>
    public string? Fingerprint { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The group's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>Where it is: its zone, else its region.</summary>
    public string Location => Zone ?? Region ?? string.Empty;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
