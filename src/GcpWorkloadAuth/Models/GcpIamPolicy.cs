using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>Who may do what with a resource. Source: https://cloud.google.com/iam/docs/reference/rest/v1/Policy.</summary>
public sealed class GcpIamPolicy
{
    /// <summary>The resource's name: a bucket, an instance.</summary>
    public string Resource { get; internal set; } = string.Empty;

    /// <summary>3 where a binding has a condition.</summary>
    public int Version { get; internal set; }

    /// <summary>Changes whenever the policy does; a change is sent with the one that was read.</summary>
    public string? ETag { get; internal set; }

    /// <summary>The roles with those who have them.</summary>
    public IReadOnlyList<GcpIamBinding> Bindings { get; internal set; } = Array.Empty<GcpIamBinding>();

    /// <summary>The policy as it was read: what is not known here is written back as it was.</summary>
    internal IReadOnlyDictionary<string, object?>? Source { get; set; }

    /// <summary>The resource's name.</summary>
    public override string ToString() => Resource;
}
