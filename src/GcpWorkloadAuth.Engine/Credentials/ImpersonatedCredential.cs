using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Iam;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// A service account whose tokens another credential obtains from IAM. The other one's token comes from the token cache: a new
/// token costs one request more than its source needs.
/// </summary>
internal sealed partial class ImpersonatedCredential : Credential
{
    /// <summary>What an account gets without leave by an organisation policy, and what is asked for where nobody chose.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    // AIP-4117, token_lifetime_seconds: 600 to 43200 s.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);
    private static readonly string[] s_cloudPlatform = [CloudPlatformScope];

    private readonly EngineSession _session;
    private readonly Credential _inner;
    private readonly ImpersonationTarget _target;
    private readonly TimeSpan _lifetime;
    private readonly CredentialFile? _file;

    /// <param name="session">The session whose endpoints and token cache count.</param>
    /// <param name="inner">Who obtains the tokens.</param>
    /// <param name="target">Whose tokens they are.</param>
    /// <param name="lifetime">How long they live, 10 minutes to 12 hours.</param>
    /// <param name="file">The file that says so; null where a parameter or a setting does.</param>
    public ImpersonatedCredential(
        EngineSession session, Credential inner, ImpersonationTarget target, TimeSpan lifetime, CredentialFile? file)
    {
        _session = session;
        _inner = inner;
        _target = target;
        _lifetime = lifetime;
        _file = file;
        DefaultScopes = file?.Scopes is { Count: > 0 } scopes ? scopes : s_cloudPlatform;
        Source = file?.Source ?? inner.Source + ", impersonating " + target.Account;
        Recipe = "impersonated|" + Secrets.Digest(string.Join(
            "|", inner.Recipe, target.ToString(), lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture), Endpoint.AbsoluteUri));
    }

    public override string Type => CredentialFile.ImpersonatedType;

    public override string Source { get; }

    public override string Recipe { get; }

    public override string? Account => _target.Account;

    public override string? ProjectId => _inner.ProjectId;

    public override string? QuotaProject => _file?.QuotaProject ?? _inner.QuotaProject;

    public override bool IsLoopback => Endpoint.IsLoopback;

    public override Credential? Inner => _inner;

    public override IReadOnlyList<string> DefaultScopes { get; }

    // What the source needs to call IAM. A source that cannot choose, or a VM (whose scopes are its own), is left as it is, so that
    // the token it may have already serves.
    private TokenHandle Caller => _session.HandleOf(
        _inner, _inner is MetadataCredential || !_inner.CanChooseScopes ? _inner.DefaultScopes : s_cloudPlatform);

    private Uri Endpoint =>
        _session.Endpoints.Of(
        ApiService.IamCredentials,
        _session.Record.UniverseDomain ?? _session.Environment["GOOGLE_CLOUD_UNIVERSE_DOMAIN"] ?? Universe.Default).Address;

    /// <summary>A lifetime that IAM may grant.</summary>
    public static TimeSpan CheckLifetime(TimeSpan lifetime) =>
        lifetime >= s_shortest && lifetime <= s_longest ? lifetime : throw Errors.LifetimeInvalid(lifetime.TotalSeconds);

    public override Task<Universe> GetUniverseAsync(EngineCall call) => _inner.GetUniverseAsync(call);

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call) =>
        Service.GenerateAccessTokenAsync(_target, scopes, _lifetime, call);

    public override Credential WithLifetime(TimeSpan lifetime) =>
        new ImpersonatedCredential(_session, _inner, _target, CheckLifetime(lifetime), _file);

    private IamCredentialsService Service => new(new ApiClient(_session, Caller), _inner.Account ?? _inner.Source);
}
