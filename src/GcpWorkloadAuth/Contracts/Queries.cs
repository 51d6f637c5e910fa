using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>Which token is wanted.</summary>
internal sealed class TokenRequest
{
    /// <summary>The session's own identity and scopes, from the cache where possible.</summary>
    public static readonly TokenRequest Default = new();

    /// <summary>Another service account attached to this VM.</summary>
    public string? ServiceAccount { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>How long the token shall live; null for what the session has.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Ask again although the cached token is still good.</summary>
    public bool ForceRefresh { get; init; }
}

/// <summary>What to read from the metadata server.</summary>
internal sealed class MetadataQuery
{
    /// <summary>Path below /computeMetadata/v1/, no leading slash; a directory ends with one.</summary>
    public string Path { get; init; } = string.Empty;

    public bool Recursive { get; init; }

    /// <summary>The server's text instead of its JSON.</summary>
    public bool AsText { get; init; }

    /// <summary>Hang until the value differs from the one that <see cref="LastETag"/> names.</summary>
    public bool WaitForChange { get; init; }

    /// <summary>The ETag of the value already known; null asks for the present one first.</summary>
    public string? LastETag { get; init; }

    /// <summary>How long the server may hold a wait.</summary>
    public TimeSpan? WaitTimeout { get; init; }
}

/// <summary>An answer of the metadata server.</summary>
internal sealed class MetadataAnswer
{
    /// <summary>The body as text.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>True when <see cref="Text"/> is JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>True when <see cref="Text"/> is a directory listing, an entry a line.</summary>
    public bool IsDirectory { get; init; }

    /// <summary>The parsed JSON: string, long, ulong, double, bool, null, List of these, Dictionary of these.</summary>
    public object? Value { get; init; }

    public string? ETag { get; init; }

    /// <summary>A wait ended because its time was up, not because the value changed.</summary>
    public bool TimedOut { get; init; }
}

/// <summary>Which buckets are listed.</summary>
internal sealed class BucketQuery
{
    public string Project { get; init; } = string.Empty;

    /// <summary>The server's own prefix match on names.</summary>
    public string? Prefix { get; init; }
}

/// <summary>Which instances are listed.</summary>
internal sealed class InstanceQuery
{
    public string Project { get; init; } = string.Empty;

    /// <summary>Null asks for all zones by the aggregated list.</summary>
    public string? Zone { get; init; }

    /// <summary>The server's own filter expression.</summary>
    public string? Filter { get; init; }

    /// <summary>An unreachable zone is an error instead of a warning.</summary>
    public bool RequireComplete { get; init; }
}

/// <summary>Where an instance is.</summary>
internal sealed class InstanceAddress
{
    public InstanceAddress(string project, string zone, string name)
    {
        Project = project;
        Zone = zone;
        Name = name;
    }

    public string Project { get; }

    public string Zone { get; }

    public string Name { get; }
}

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The listed type.</typeparam>
internal sealed class ResultPage<T>
{
    public ResultPage(IReadOnlyList<T> items, IReadOnlyList<string> unreachable)
    {
        Items = items;
        Unreachable = unreachable;
    }

    public IReadOnlyList<T> Items { get; }

    /// <summary>Scopes or resources the service could not reach: the list lacks what lies there.</summary>
    public IReadOnlyList<string> Unreachable { get; }
}

/// <summary>A setting and where it came from.</summary>
internal sealed class SettingValue
{
    public SettingValue(string value, string source)
    {
        Value = value;
        Source = source;
    }

    public string Value { get; }

    /// <summary>For people: "parameter", an environment variable's name, a file, "metadata server".</summary>
    public string Source { get; }
}

/// <summary>Who a session is.</summary>
internal sealed class ContextDescription
{
    public string? Account { get; init; }

    /// <summary>The kind of credential: "MetadataServer", "service_account", "authorized_user", "AccessToken"; null where none was found.</summary>
    public string? CredentialType { get; init; }

    /// <summary>Where the credential was found.</summary>
    public string? Source { get; init; }

    public SettingValue? Project { get; init; }

    public SettingValue? Zone { get; init; }

    public SettingValue? Region { get; init; }

    public SettingValue? QuotaProject { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = Array.Empty<string>();

    public string UniverseDomain { get; init; } = "googleapis.com";

    /// <summary>When the cached token ends; null where none is cached.</summary>
    public DateTime? TokenExpiresAt { get; init; }

    public IReadOnlyDictionary<string, string> Endpoints { get; init; } = new Dictionary<string, string>(0);

    /// <summary>Why no credential was found, where none was.</summary>
    public GcpException? Failure { get; init; }
}
