using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>
/// The VM that an identity token speaks for. Source: "Verify the identity of VM instances", the claims of google.compute_engine.
/// </summary>
public sealed class GceIdentityInstance
{
    internal GceIdentityInstance()
    {
    }

    /// <summary>The project's id.</summary>
    public string? ProjectId { get; internal init; }

    /// <summary>The project's number.</summary>
    public ulong? ProjectNumber { get; internal init; }

    /// <summary>The zone's name.</summary>
    public string? Zone { get; internal init; }

    /// <summary>The instance's number.</summary>
    public ulong? InstanceId { get; internal init; }

    /// <summary>The instance's name.</summary>
    public string? InstanceName { get; internal init; }

    /// <summary>When the instance was made, local time.</summary>
    public DateTime? InstanceCreatedAt { get; internal init; }

    /// <summary>The licenses of the instance's image; empty where they were not asked for.</summary>
    public IReadOnlyList<string> LicenseIds { get; internal init; } = Array.Empty<string>();

    /// <summary>The instance's name.</summary>
    public override string ToString() => InstanceName ?? string.Empty;
}
