using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security;
using System.Threading.Tasks;
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
internal sealed class EngineSession
{
    private readonly EnvironmentSnapshot _environment;
    private readonly CredentialSearch _search;
    private readonly ConcurrentDictionary<string, TokenCell> _cells = new(StringComparer.Ordinal);
    private Credential? _credential;
    private FileStamp _stamp;
    private GcloudConfiguration? _gcloud;
    private TokenCell? _defaultCell;

    private EngineSession(SessionRecord record, EnvironmentSnapshot environment)
    {
        Record = record;
        _environment = environment;
        Metadata = new MetadataFacts(new MetadataReader(new MetadataClient(MetadataAddress.From(environment), DeadlineOf(record, environment))));
        Endpoints = new Endpoints(record, environment);
        _search = new CredentialSearch(record, environment, Metadata, Endpoints.TokenEndpoint);
        foreach (string scope in record.Scopes)
        {
            Names.Scope(scope);
        }
    }

    public SessionRecord Record { get; }

    public MetadataFacts Metadata { get; }

    public Endpoints Endpoints { get; }

    public EnvironmentSnapshot Environment => _environment;

    /// <summary>gcloud's active configuration, read at first need.</summary>
    public GcloudConfiguration Gcloud => _gcloud ??= GcloudConfiguration.Load(_environment);

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

    public Task<CachedToken> GetTokenAsync(TokenRequest request, EngineCall call)
    {
        Credential credential = Credential;
        string? account = request.ServiceAccount;
        if (account is not null && credential is not MetadataCredential)
        {
            throw Errors.ServiceAccountNeedsMetadataServer(credential.Source);
        }

        if (request.Scopes is { Count: > 0 } && !credential.CanChooseScopes)
        {
            throw Errors.ScopesFixed(credential.Source);
        }

        IReadOnlyList<string> scopes = ScopesOf(request, credential);
        if (request.ForceRefresh)
        {
            Metadata.Reader.Client.ForgetNegative();
        }

        return CellOf(account, scopes, request.Scopes is null)
            .GetAsync(request.ForceRefresh, inner => credential.FetchAsync(account, scopes, inner), credential.Source, call);
    }

    /// <summary>Starts to fetch the session's own token. Whether it could be had is told to whoever asks for it.</summary>
    public void Prefetch(EngineCall call) => GetTokenAsync(TokenRequest.Default, call).ContinueWith(
        static task => _ = task.Exception, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);

    public IReadOnlyList<string> ScopesOf(TokenRequest request, Credential credential)
    {
        if (request.Scopes is { Count: > 0 } chosen)
        {
            foreach (string scope in chosen)
            {
                Names.Scope(scope);
            }

            return chosen;
        }

        return Record.Scopes.Count > 0 ? Record.Scopes : credential.DefaultScopes;
    }

    /// <summary>The cell of the session's own token, if it has been asked for.</summary>
    public TokenCell? DefaultCell => _defaultCell;

    /// <summary>An API refused the token: it is not handed out again.</summary>
    public void Refused(CachedToken token) => _defaultCell?.Drop(token);

    /// <summary>Drops what the session keeps.</summary>
    public void Forget()
    {
        if (_credential is not null)
        {
            TokenCache.Forget(KeyPrefix(_credential));
        }

        _cells.Clear();
        _credential = null;
        _defaultCell = null;
    }

    private TokenCell CellOf(string? account, IReadOnlyList<string> scopes, bool isDefaultScopes)
    {
        if (account is null && isDefaultScopes && _defaultCell is { } cell)
        {
            return cell;
        }

        string[] sorted = [.. scopes];
        Array.Sort(sorted, StringComparer.Ordinal);
        string key = KeyPrefix(Credential) + account + "|" + string.Join(" ", sorted);
        TokenCell found = _cells.GetOrAdd(key, TokenCache.Cell);
        if (account is null && isDefaultScopes)
        {
            _defaultCell = found;
        }

        return found;
    }

    private string KeyPrefix(Credential credential) =>
        Record.Partition + "|" + Record.UniverseDomain + "|" + credential.Recipe + "|";

    private bool IsCurrent() =>
        _environment.IsCurrent() && (_credential is null || _search.WatchedFile is null || _stamp.Equals(FileStamp.Of(_search.WatchedFile)));

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

    /// <summary>What tells that a file is still the one that was read.</summary>
    private readonly record struct FileStamp(bool Exists, long Length, DateTime WriteTimeUtc)
    {
        public static FileStamp Of(string? path)
        {
            if (path is null)
            {
                return default;
            }

            try
            {
                FileInfo file = new(path);
                return file.Exists ? new FileStamp(true, file.Length, file.LastWriteTimeUtc) : default;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
                or NotSupportedException)
            {
                return default;
            }
        }
    }
}
