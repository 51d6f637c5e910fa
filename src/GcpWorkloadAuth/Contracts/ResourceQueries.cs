namespace GcpWorkloadAuth.Contracts;

/// <summary>A place in a project: a zone, a region, or neither of them.</summary>
internal sealed record ResourcePlace(string? Zone = null, string? Region = null)
{
    /// <summary>What belongs to no zone and to no region.</summary>
    public static readonly ResourcePlace Global = new();

    /// <summary>For people.</summary>
    public override string ToString() => Zone ?? Region ?? "global";
}

/// <summary>Which resources of a project are listed.</summary>
internal sealed record ResourceQuery
{
    public string Project { get; init; } = string.Empty;

    /// <summary>Null: all places where such resources can be.</summary>
    public ResourcePlace? Place { get; init; }

    /// <summary>The server's own filter expression.</summary>
    public string? Filter { get; init; }

    /// <summary>A place that cannot be reached is an error instead of being named.</summary>
    public bool RequireComplete { get; init; }
}

/// <summary>Where one resource is.</summary>
internal sealed record ResourceAddress(string Project, ResourcePlace Place, string Name);
