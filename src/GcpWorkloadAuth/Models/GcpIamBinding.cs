using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>Members that have a role on a resource, perhaps under a condition.</summary>
public sealed class GcpIamBinding
{
    /// <summary>The resource's name.</summary>
    public string Resource { get; internal set; } = string.Empty;

    /// <summary>The role: roles/storage.objectViewer, projects/P/roles/R, organizations/O/roles/R.</summary>
    public string Role { get; internal set; } = string.Empty;

    /// <summary>user:, group:, serviceAccount:, domain:, principal:// and principalSet:// with whom they name; allUsers; allAuthenticatedUsers.</summary>
    public IReadOnlyList<string> Members { get; internal set; } = Array.Empty<string>();

    /// <summary>When the role counts; null for always. The same role under another condition is another binding.</summary>
    public GcpIamCondition? Condition { get; internal set; }

    /// <summary>The role, with the condition's title.</summary>
    public override string ToString() => Condition is null ? Role : Role + " (" + Condition + ")";
}
