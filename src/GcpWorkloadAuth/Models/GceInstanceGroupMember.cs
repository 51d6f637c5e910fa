using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>An instance of a managed instance group, or one that the group tries to make.</summary>
public sealed class GceInstanceGroupMember
{
    /// <summary>The instance's name.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>The instance's zone.</summary>
    public string Zone { get; internal set; } = string.Empty;

    /// <summary>The group's name.</summary>
    public string Group { get; internal set; } = string.Empty;

    /// <summary>The zone of a zonal group.</summary>
    public string? GroupZone { get; internal set; }

    /// <summary>The region of a regional group.</summary>
    public string? GroupRegion { get; internal set; }

    /// <summary>The instance's status; null where there is no instance yet.</summary>
    public string? Status { get; internal set; }

    /// <summary>What is done to it: NONE, CREATING, RECREATING, DELETING ...</summary>
    public string CurrentAction { get; internal set; } = string.Empty;

    /// <summary>HEALTHY, UNHEALTHY, DRAINING ...; null without a health check.</summary>
    public string? HealthState { get; internal set; }

    /// <summary>The template that it was made from, as an address.</summary>
    public string? InstanceTemplate { get; internal set; }

    /// <summary>What went wrong at the last attempt; empty where nothing did.</summary>
    public IReadOnlyList<GceOperationMessage> Errors { get; internal set; } = Array.Empty<GceOperationMessage>();

    /// <summary>The instance's server-made id; null where there is no instance yet.</summary>
    public ulong? Id { get; internal set; }

    /// <summary>The instance's address in the API.</summary>
    public string? InstanceLink { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
