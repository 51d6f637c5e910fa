using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth.Contracts;

/// <summary>One object, or one generation of it, by name.</summary>
internal sealed record ObjectAddress(string Bucket, string Name, long? Generation = null)
{
    /// <summary>The generation named is a soft-deleted one.</summary>
    public bool IsSoftDeleted { get; init; }

    /// <summary>The gs:// address, with the generation where one is meant.</summary>
    public override string ToString() =>
        "gs://" + Bucket + "/" + Name + (Generation is { } generation ? "#" + generation.ToString(CultureInfo.InvariantCulture) : string.Empty);
}

/// <summary>
/// What is deleted: the generation that the address names, for good; or, where it names none, the live one on condition that it is
/// still the generation that was seen. With neither, the live one is looked up first.
/// </summary>
internal sealed record ObjectDeletion(ObjectAddress Address)
{
    public long? IfGenerationMatch { get; init; }

    public long? IfMetagenerationMatch { get; init; }
}

/// <summary>Which objects are listed.</summary>
internal sealed record ObjectQuery
{
    public string Bucket { get; init; } = string.Empty;

    /// <summary>Only names that begin with this.</summary>
    public string? Prefix { get; init; }

    /// <summary>Names that go on behind it, after the prefix, come as one common prefix.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The server's glob pattern (** crosses slashes).</summary>
    public string? Glob { get; init; }

    /// <summary>Noncurrent generations too.</summary>
    public bool IncludeVersions { get; init; }

    /// <summary>Soft-deleted objects, and nothing else.</summary>
    public bool SoftDeleted { get; init; }

    /// <summary>Only names from this one on, in the order of their UTF-8 bytes.</summary>
    public string? StartOffset { get; init; }

    /// <summary>Only names before this one.</summary>
    public string? EndOffset { get; init; }
}

/// <summary>A page of a list of objects.</summary>
internal sealed class ObjectListPage(IReadOnlyList<GcsObject> items, IReadOnlyList<string> prefixes)
{
    public IReadOnlyList<GcsObject> Items { get; } = items;

    public IReadOnlyList<string> Prefixes { get; } = prefixes;
}

/// <summary>A list of objects, a page at a time.</summary>
internal interface IObjectPager
{
    /// <summary>The next page; null at the end.</summary>
    System.Threading.Tasks.Task<ObjectListPage?> NextAsync(EngineCall call);
}
