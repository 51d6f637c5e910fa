using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// Workload or workforce identity federation (type external_account, AIP-4117): a subject token of another identity provider is
/// exchanged for a Google token, and that one, where the file says so, for a service account's.
/// </summary>
internal sealed class ExternalAccountCredential : FederatedCredential
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private static readonly string[] s_cloudPlatform = [CloudPlatformScope];

    private readonly ExternalAccountSettings _settings;
    private readonly SubjectTokenSource _source;

    private ExternalAccountCredential(CredentialFile file, string? trustedUniverse, ExternalAccountSettings settings, SubjectTokenSource source)
        : base(file, trustedUniverse)
    {
        _settings = settings;
        _source = source;
        Recipe = string.Join(
            "|", file.Type, Secrets.Digest(file.Text), settings.TokenUrl.AbsoluteUri, settings.AccountUrl?.AbsoluteUri, source.Recipe);
    }

    public override string Recipe { get; }

    /// <summary>The service account it becomes; a federated principal has no e-mail address.</summary>
    public override string? Account => _settings.Account;

    public override bool IsLoopback => (_settings.AccountUrl ?? _settings.TokenUrl).IsLoopback;

    public override IReadOnlyList<string> DefaultScopes => s_cloudPlatform;

    /// <summary>The credential of a file; everything in it is checked, nothing of it used.</summary>
    public static ExternalAccountCredential Make(
        CredentialFile file, SessionRecord session, EnvironmentSnapshot environment, Endpoints endpoints, MetadataAddress metadata)
    {
        string universe = DemandUniverse(file, session.UniverseDomain);
        ExternalAccountSettings settings = new(file, universe, endpoints);
        return new ExternalAccountCredential(
            file, session.UniverseDomain, settings, SubjectTokenSources.Of(file, settings, session, environment, endpoints, metadata));
    }

    public override async Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call)
    {
        CredentialFileWarning.Tell(File, call);
        SubjectToken subject = await _source.GetAsync(call).ConfigureAwait(false);
        using IDisposable? certificate = subject.Certificate;
        CachedToken federated = await ExchangeAsync(subject, _settings.AccountUrl is null ? scopes : s_cloudPlatform, call).ConfigureAwait(false);
        return _settings.AccountUrl is null ? federated : await BecomeAsync(federated, subject, scopes, call).ConfigureAwait(false);
    }

    // RFC 8693. The user project goes only where no client tells whose quota counts, and is escaped once more than a form demands:
    // so do Google's own libraries (google-auth-library-python, sts.py).
    private async Task<CachedToken> ExchangeAsync(SubjectToken subject, IReadOnlyList<string> scopes, EngineCall call)
    {
        string? options = _settings.UserProject is { } project && _settings.ClientId is null
            ? Uri.EscapeDataString(System.Text.Encoding.UTF8.GetString(JsonBody.Write(new Dictionary<string, object?> { ["userProject"] = project })))
            : null;
        using HttpMessageInvoker? transport = subject.Certificate is { } certificate
            ? HttpTransport.WithCertificate(_settings.TokenUrl, certificate, subject.CertificateChain)
            : null;
        SmallRequest request = Form.Post(
            _settings.TokenUrl,
            transport,
            _settings.ClientId,
            _settings.ClientSecret,
            ("grant_type", Exchange),
            ("audience", _settings.Audience),
            ("scope", string.Join(" ", scopes)),
            ("requested_token_type", AccessToken),
            ("subject_token", subject.Value),
            ("subject_token_type", _settings.SubjectTokenType),
            ("options", options));
        using HttpReply reply = await request.SendAsync(SubjectTokenSource.Largest, call).ConfigureAwait(false);
        return reply.IsSuccess
            ? SmallAnswer.ReadToken(reply, _settings.TokenUrl, out _)
            : throw Refusals.OfSts(reply, _settings.TokenUrl, File.Source, [.. subject.Secrets, subject.Value, _settings.ClientSecret]);
    }

    private Task<CachedToken> BecomeAsync(CachedToken federated, SubjectToken subject, IReadOnlyList<string> scopes, EngineCall call)
    {
        AccountToken account = new(_settings.AccountUrl!, _settings.Account!, _settings.Lifetime);
        return account.FetchAsync(federated, scopes, [.. subject.Secrets, subject.Value], call);
    }
}
