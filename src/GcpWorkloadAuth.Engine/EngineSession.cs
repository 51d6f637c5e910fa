using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine;

/// <summary>
/// A session record brought to life: its credential, its metadata server, its endpoints. It stays valid while the environment and
/// the credential file are what they were; then the record gets a new one.
/// </summary>
internal sealed partial class EngineSession
{
    private readonly EnvironmentSnapshot _environment;
    private readonly CredentialSearch _search;
    private Credential? _credential;
    private FileStamp _stamp;
    private GcloudConfiguration? _gcloud;
    private TokenHandle? _default;

    private EngineSession(SessionRecord record, EnvironmentSnapshot environment)
    {
        Record = record;
        _environment = environment;
        Metadata = new MetadataFacts(new MetadataReader(new MetadataClient(MetadataAddress.From(environment), DeadlineOf(record, environment))));
        Endpoints = new Endpoints(record, environment);
        _search = new CredentialSearch(this, environment, Metadata, Endpoints);
        foreach (string scope in record.Scopes)
        {
            Names.Scope(scope);
        }
    }

    public SessionRecord Record { get; }

    public MetadataFacts Metadata { get; }

    public Endpoints Endpoints { get; }

    public EnvironmentSnapshot Environment => _environment;

    /// <summary>Where its credential is looked for.</summary>
    public CredentialSearch Search => _search;

    /// <summary>gcloud's active configuration, read at first need, and again when its files have changed.</summary>
    public GcloudConfiguration Gcloud
    {
        get
        {
            GcloudConfiguration? known = _gcloud;
            return known is not null && known.IsCurrent() ? known : _gcloud = GcloudConfiguration.Load(_environment);
        }
    }

    /// <summary>The session of a record, made anew where what it depends on has changed.</summary>
    public static EngineSession Of(SessionRecord record)
    {
        if (record.Slot.Value is EngineSession known && known.IsCurrent())
        {
            return known;
        }

        EngineSession made = new(record, EnvironmentSnapshot.Take());
        record.Slot.Value = made;
        return made;
    }

    /// <summary>The credential. A failure to find one is not kept: the next call looks again.</summary>
    public Credential Credential
    {
        get
        {
            if (_credential is null)
            {
                Credential found = _search.Find();
                if (Record.Scopes.Count > 0 && !found.CanChooseScopes)
                {
                    throw Errors.ScopesFixed(found.Source);
                }

                _stamp = FileStamp.Of(_search.WatchedFile);
                _credential = found;
            }

            return _credential;
        }
    }

    /// <summary>The credential where it has been looked for before.</summary>
    public Credential? KnownCredential => _credential;

    /// <summary>The session's own identity with its own scopes.</summary>
    public TokenHandle DefaultHandle => _default ??= HandleOf(Credential, Record.Scopes.Count > 0 ? Record.Scopes : Credential.DefaultScopes);

    /// <summary>The handle of the session's own token, if it has been asked for.</summary>
    public TokenHandle? KnownHandle => _default;

    /// <summary>The handle that a request for a token means.</summary>
    public TokenHandle HandleOf(TokenRequest request)
    {
        bool hasScopes = request.Scopes is { Count: > 0 };
        if (request.ServiceAccount is null && !hasScopes && request.Lifetime is null)
        {
            return DefaultHandle;
        }

        Credential credential = Credential;
        if (request.ServiceAccount is not null && credential is not MetadataCredential)
        {
            throw Errors.ServiceAccountNeedsMetadataServer(credential.Source);
        }

        if (hasScopes && !credential.CanChooseScopes)
        {
            throw Errors.ScopesFixed(credential.Source);
        }

        IReadOnlyList<string> scopes = hasScopes ? request.Scopes! : DefaultHandle.Scopes;
        foreach (string scope in scopes)
        {
            Names.Scope(scope);
        }

        if (request.Lifetime is { } lifetime)
        {
            credential = credential.WithLifetime(lifetime) ?? throw Errors.LifetimeNotSupported(credential.Source);
        }

        return new TokenHandle(credential, request.ServiceAccount, scopes, KeyPrefix);
    }

    /// <summary>The handle of another credential that works for this session (the source of an impersonation, say).</summary>
    public TokenHandle HandleOf(Credential credential, IReadOnlyList<string> scopes) => new(credential, null, scopes, KeyPrefix);

    /// <summary>Drops what the session keeps.</summary>
    public void Forget()
    {
        for (Credential? credential = _credential; credential is not null; credential = credential.Inner)
        {
            TokenCache.Forget(KeyPrefix + credential.Recipe + "|");
            credential.Forget();
        }

        _credential = null;
        _default = null;
    }

    // A runspace's own record has a partition of its own: its tokens are nobody else's.
    private string KeyPrefix => Record.Partition + "|" + Record.UniverseDomain + "|";

    private bool IsCurrent() =>
        _environment.IsCurrent() && _search.IsCurrent() && (_credential is null || _search.WatchedFile is null || _stamp.Equals(FileStamp.Of(_search.WatchedFile)));

    private static TimeSpan? DeadlineOf(SessionRecord record, EnvironmentSnapshot environment)
    {
        if (record.Timeout is { } chosen)
        {
            return chosen;
        }

        // Seconds, as Google's Python library reads it; nonsense counts as not set.
        return environment["GCE_METADATA_TIMEOUT"] is { } text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is > 0 and <= 3600
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }
}
