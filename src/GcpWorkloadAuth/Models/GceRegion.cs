using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A region: several zones near each other.</summary>
public sealed class GceRegion
{
    /// <summary>The name.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>UP or DOWN.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>The names of its zones.</summary>
    public IReadOnlyList<string> Zones { get; internal set; } = Array.Empty<string>();

    /// <summary>How much of what the project may use there, and uses.</summary>
    public IReadOnlyList<GceQuota> Quotas { get; internal set; } = Array.Empty<GceQuota>();

    /// <summary>DEPRECATED, OBSOLETE or DELETED; null where it is none of them.</summary>
    public string? DeprecationState { get; internal set; }

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The region's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>How much of something a project may use in a region.</summary>
public sealed class GceQuota
{
    /// <summary>What: CPUS, INSTANCES, DISKS_TOTAL_GB ...</summary>
    public string Metric { get; internal set; } = string.Empty;

    /// <summary>How much may be used.</summary>
    public double Limit { get; internal set; }

    /// <summary>How much is used.</summary>
    public double Usage { get; internal set; }

    /// <summary>What, and how much of it.</summary>
    public override string ToString() =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}: {1} of {2}", Metric, Usage, Limit);
}
