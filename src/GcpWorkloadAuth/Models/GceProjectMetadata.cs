using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>What a project passes on to all its instances, and its other settings for Compute Engine.</summary>
public sealed class GceProjectMetadata
{
    /// <summary>The project's id.</summary>
    public string Project { get; internal set; } = string.Empty;

    /// <summary>Its custom metadata, which instances inherit where they have not the same key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal set; } = NoLabels.Instance;

    /// <summary>Changes with the metadata; sent back with a change of it.</summary>
    public string? MetadataFingerprint { get; internal set; }

    /// <summary>The service account of instances that are given none.</summary>
    public string? DefaultServiceAccount { get; internal set; }

    /// <summary>PREMIUM or STANDARD.</summary>
    public string? DefaultNetworkTier { get; internal set; }

    /// <summary>HOST for a project that shares its networks.</summary>
    public string? XpnProjectStatus { get; internal set; }

    /// <summary>The project's server-made id.</summary>
    public ulong Id { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>The project's address in the API.</summary>
    public string? SelfLink { get; internal set; }

    /// <summary>The project's id.</summary>
    public override string ToString() => Project;
}
