using System;
using System.Collections.Generic;
using System.Security;

namespace GcpWorkloadAuth.Contracts;

/// <summary>Where a session's identity comes from.</summary>
internal enum CredentialKind
{
    /// <summary>The search for Application Default Credentials.</summary>
    ApplicationDefault,

    /// <summary>The metadata server of this VM, nothing else.</summary>
    MetadataServer,

    /// <summary>A credential file named by the user.</summary>
    File,

    /// <summary>The content of a credential file, given as a secret.</summary>
    Json,

    /// <summary>An access token somebody else obtained.</summary>
    AccessToken,

    /// <summary>Whoever is signed in to gcloud, by running it.</summary>
    Gcloud,
}

/// <summary>
/// One immutable session: an identity's recipe and the settings that go with it. A change makes a new record.
/// </summary>
internal sealed record SessionRecord
{
    private static readonly IReadOnlyDictionary<string, string> s_noEndpoints = new Dictionary<string, string>(0);

    /// <summary>The name it is found by. The default search is called "default".</summary>
    public string Name { get; init; } = DefaultName;

    public CredentialKind Kind { get; init; }

    /// <summary>An attached service account other than the VM's default one, by e-mail address.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Absolute path of the credential file.</summary>
    public string? CredentialPath { get; init; }

    public SecureString? CredentialJson { get; init; }

    public SecureString? AccessToken { get; init; }

    /// <summary>Scopes to ask for; empty means the kind's own default.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = Array.Empty<string>();

    /// <summary>Accounts to impersonate: the last is the target, those before it the delegates in order. Empty for none.</summary>
    public IReadOnlyList<string> ImpersonationChain { get; init; } = Array.Empty<string>();

    /// <summary>How long its tokens shall live, where the kind allows it; null for the usual hour.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The user a service account key stands in for (domain-wide delegation).</summary>
    public string? Subject { get; init; }

    public string? Project { get; init; }

    public string? Zone { get; init; }

    public string? Region { get; init; }

    public string? QuotaProject { get; init; }

    /// <summary>Service id ("storage", "compute", "iamcredentials", "token", "sts" ...) to base address, as the user named them.</summary>
    public IReadOnlyDictionary<string, string> Endpoints { get; init; } = s_noEndpoints;

    /// <summary>A universe other than googleapis.com, named by the user.</summary>
    public string? UniverseDomain { get; init; }

    /// <summary>The user allows the credential file to name a program that is run for a subject token.</summary>
    public bool AllowExecutable { get; init; }

    /// <summary>How long to wait for the metadata server; null leaves it to the environment and the static check.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Empty for a process-wide record; else unique to the runspace, so that its tokens are never another's.</summary>
    public string Partition { get; init; } = string.Empty;

    /// <summary>The engine's own state for this record: resolved credential and settings. Not copied to a changed record.</summary>
    public EngineSlot Slot { get; }

    /// <summary>The name of the session that nobody connected.</summary>
    public const string DefaultName = "default";

    private SessionRecord(SessionRecord original)
    {
        // Hand-written so that a changed record starts with an empty slot; the token cache below it is shared by recipe.
        Name = original.Name;
        Kind = original.Kind;
        ServiceAccount = original.ServiceAccount;
        CredentialPath = original.CredentialPath;
        CredentialJson = original.CredentialJson;
        AccessToken = original.AccessToken;
        Scopes = original.Scopes;
        ImpersonationChain = original.ImpersonationChain;
        Lifetime = original.Lifetime;
        Subject = original.Subject;
        Project = original.Project;
        Zone = original.Zone;
        Region = original.Region;
        QuotaProject = original.QuotaProject;
        Endpoints = original.Endpoints;
        UniverseDomain = original.UniverseDomain;
        AllowExecutable = original.AllowExecutable;
        Timeout = original.Timeout;
        Partition = original.Partition;
        Slot = new EngineSlot();
    }

    public SessionRecord() => Slot = new EngineSlot();
}

/// <summary>A place on a session record that only the engine reads and writes.</summary>
internal sealed class EngineSlot
{
    private volatile object? _value;

    public object? Value
    {
        get => _value;
        set => _value = value;
    }
}
