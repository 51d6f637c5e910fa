using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>What a signed URL shall allow.</summary>
internal sealed record SignedUrlRequest
{
    public string Bucket { get; init; } = string.Empty;

    /// <summary>Null for the bucket itself.</summary>
    public string? Name { get; init; }

    public long? Generation { get; init; }

    /// <summary>In capitals.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>How long it is good for, whole seconds.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>Headers that whoever uses it must send just so.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    public GcsUrlStyle Style { get; init; }

    /// <summary>A host of the user's own that stands for the bucket; null for Google's.</summary>
    public Uri? HostName { get; init; }
}

/// <summary>A policy document for uploads by HTML forms.</summary>
internal sealed record PostPolicyRequest
{
    public string Bucket { get; init; } = string.Empty;

    /// <summary>The name the upload must have; null where <see cref="NamePrefix"/> leaves it to the form.</summary>
    public string? Name { get; init; }

    /// <summary>What the name must begin with.</summary>
    public string? NamePrefix { get; init; }

    public TimeSpan Lifetime { get; init; }

    /// <summary>Form fields that must have these values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>Form fields that must begin with these values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FieldPrefixes { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The least and most bytes; null for any.</summary>
    public (long Least, long Most)? Length { get; init; }

    public GcsUrlStyle Style { get; init; }

    public Uri? HostName { get; init; }
}
