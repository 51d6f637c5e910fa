using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>One rule of a Credential Access Boundary: what a token may at most do with a bucket, or with a part of it.</summary>
internal sealed class AccessBoundaryRule
{
    /// <summary>The bucket's name.</summary>
    public string Bucket { get; init; } = string.Empty;

    /// <summary>The roles whose permissions are left, as the user wrote them.</summary>
    public IReadOnlyList<string> Roles { get; init; } = Array.Empty<string>();

    /// <summary>What the names of the objects begin with; null for the whole bucket.</summary>
    public string? Prefix { get; init; }
}
