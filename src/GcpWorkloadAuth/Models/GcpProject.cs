using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>A Google Cloud project.</summary>
/// <remarks>
/// It has no property Name on purpose: by that, the cmdlets of other resources would take its id for the name of a bucket or a VM.
/// ProjectId binds to their -Project.
/// </remarks>
public sealed class GcpProject
{
    /// <summary>The id, unique in the world and never changed.</summary>
    public string ProjectId { get; internal set; } = string.Empty;

    /// <summary>The name for people, which may be changed; null where it has none.</summary>
    public string? DisplayName { get; internal set; }

    /// <summary>The number; null where the server did not say.</summary>
    public ulong? Number { get; internal set; }

    /// <summary>ACTIVE or DELETE_REQUESTED.</summary>
    public string State { get; internal set; } = string.Empty;

    /// <summary>The organisation or folder it is in, "folders/223"; null where it is in none.</summary>
    public string? Parent { get; internal set; }

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; internal set; } = NoLabels.Instance;

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>When it was last changed, local time.</summary>
    public DateTime? UpdateTime { get; internal set; }

    /// <summary>When its deletion was asked for, local time; null where it was not.</summary>
    public DateTime? DeletionTime { get; internal set; }

    /// <summary>Changes whenever the project does.</summary>
    public string? ETag { get; internal set; }

    /// <summary>The id.</summary>
    public override string ToString() => ProjectId;
}
