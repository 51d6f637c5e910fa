using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A zone: where instances and their disks are.</summary>
public sealed class GceZone
{
    /// <summary>The name.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The region that it is a part of.</summary>
    public string? Region { get; internal set; }

    /// <summary>UP or DOWN.</summary>
    public string Status { get; internal set; } = string.Empty;

    /// <summary>DEPRECATED, OBSOLETE or DELETED; null where it is none of them.</summary>
    public string? DeprecationState { get; internal set; }

    /// <summary>The CPU platforms that instances can have there.</summary>
    public IReadOnlyList<string> AvailableCpuPlatforms { get; internal set; } = Array.Empty<string>();

    /// <summary>The description; null where it has none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The zone's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
