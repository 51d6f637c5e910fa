using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth;

/// <summary>A session: who the cmdlets are, in which project, and where each of these came from.</summary>
public sealed class GcpContext
{
    internal GcpContext(SessionRecord record)
    {
        Name = record.Name;
        Record = record;
        SessionScope = record.Partition.Length == 0 ? "Process" : "Runspace";
    }

    // A name that stands for whichever session bears it when it is used.
    internal GcpContext(string name) => Name = name;

    /// <summary>The name by which -Context and Select-GcpContext find it.</summary>
    public string Name { get; }

    /// <summary>The account's e-mail address; null where it is not known.</summary>
    public string? Account { get; internal set; }

    /// <summary>
    /// The kind of credential: MetadataServer, service_account, authorized_user or AccessToken; null where none was found.
    /// </summary>
    public string? CredentialType { get; internal set; }

    /// <summary>Where the credential was found.</summary>
    public string? Source { get; internal set; }

    /// <summary>The project that cmdlets work in when none is named.</summary>
    public string? Project { get; internal set; }

    /// <summary>Where <see cref="Project"/> came from.</summary>
    public string? ProjectSource { get; internal set; }

    /// <summary>The zone that completes a name which needs one.</summary>
    public string? Zone { get; internal set; }

    /// <summary>Where <see cref="Zone"/> came from.</summary>
    public string? ZoneSource { get; internal set; }

    /// <summary>The region that completes a name which needs one.</summary>
    public string? Region { get; internal set; }

    /// <summary>Where <see cref="Region"/> came from.</summary>
    public string? RegionSource { get; internal set; }

    /// <summary>The scopes that tokens are asked for.</summary>
    public IReadOnlyList<string> Scopes { get; internal set; } = Array.Empty<string>();

    /// <summary>The project that calls are billed to and whose quota they use, where it is not the resource's own.</summary>
    public string? QuotaProject { get; internal set; }

    /// <summary>Where <see cref="QuotaProject"/> came from.</summary>
    public string? QuotaProjectSource { get; internal set; }

    /// <summary>The universe of the credential and of the APIs; googleapis.com unless told otherwise.</summary>
    public string UniverseDomain { get; internal set; } = "googleapis.com";

    /// <summary>When the token now in the cache ends, local time; null where none is cached.</summary>
    public DateTime? TokenExpiresAt { get; internal set; }

    /// <summary>Service to base address, where it is not Google's own.</summary>
    public IReadOnlyDictionary<string, string> Endpoints { get; internal set; } = new Dictionary<string, string>(0);

    /// <summary>Process or Runspace.</summary>
    public string SessionScope { get; } = "Process";

    /// <summary>True for the context that cmdlets use when none is named.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal SessionRecord? Record { get; }
}
