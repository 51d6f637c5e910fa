using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Contracts;

/// <summary>What is to be different about an object's metadata. Null leaves a thing as it is; an empty text takes it away.</summary>
internal sealed record ObjectChanges
{
    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    public string? StorageClass { get; init; }

    public DateTime? CustomTime { get; init; }

    public bool? EventBasedHold { get; init; }

    public bool? TemporaryHold { get; init; }

    /// <summary>All of the user's own metadata; what is not in it goes.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Added to the user's own metadata, or in place of what is there under the same name.</summary>
    public IReadOnlyDictionary<string, string>? AddMetadata { get; init; }

    /// <summary>Names that go from the user's own metadata.</summary>
    public IReadOnlyList<string>? RemoveMetadata { get; init; }

    /// <summary>True where nothing changes.</summary>
    public bool IsEmpty => Equals(s_none);

    /// <summary>True where nothing but the storage class changes.</summary>
    public bool IsStorageClassOnly => (this with { StorageClass = null }).IsEmpty;

    private static readonly ObjectChanges s_none = new();
}

/// <summary>An object's metadata, changed.</summary>
/// <param name="Target">The object as it was listed or named.</param>
/// <param name="Changes">What changes.</param>
internal sealed record ObjectUpdate(GcsObject Target, ObjectChanges Changes);

/// <summary>A copy on the server.</summary>
/// <param name="Source">What is copied, as it was listed or named.</param>
/// <param name="Destination">Where the copy goes.</param>
internal sealed record ObjectCopy(GcsObject Source, ObjectAddress Destination)
{
    /// <summary>What is different about the copy's metadata.</summary>
    public ObjectChanges Changes { get; init; } = new();

    /// <summary>The Cloud KMS key that the copy is encrypted with; null for the bucket's.</summary>
    public string? KmsKeyName { get; init; }

    /// <summary>The customer-supplied key that the copy is encrypted with.</summary>
    public CustomerKey? Key { get; init; }

    /// <summary>The customer-supplied key that the source is encrypted with.</summary>
    public CustomerKey? SourceKey { get; init; }

    /// <summary>An object that is there already is left alone, and an error.</summary>
    public bool NoClobber { get; init; }

    /// <summary>The generation that the destination must have; 0 for none. Null to find out, and to replace just that.</summary>
    public long? IfGenerationMatch { get; init; }

    /// <summary>Told, from any thread, how many bytes are copied and how many there are.</summary>
    public Action<long, long>? Progress { get; init; }
}

/// <summary>Objects put together to one.</summary>
/// <param name="Sources">In their order; all in the destination's bucket.</param>
/// <param name="Destination">Where the whole goes.</param>
internal sealed record ObjectComposition(IReadOnlyList<GcsObject> Sources, ObjectAddress Destination)
{
    public ObjectChanges Changes { get; init; } = new();

    public string? KmsKeyName { get; init; }

    /// <summary>The customer-supplied key of the sources and of the whole.</summary>
    public CustomerKey? Key { get; init; }

    public bool NoClobber { get; init; }

    /// <summary>The sources go once the whole is there.</summary>
    public bool DeletesSources { get; init; }
}

/// <summary>A soft-deleted object, brought back.</summary>
/// <param name="Target">The object; where its generation is not known, the only one that is soft-deleted under its name.</param>
internal sealed record ObjectRestoration(GcsObject Target)
{
    public bool NoClobber { get; init; }
}
