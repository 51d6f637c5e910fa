using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>A service-account key or a user's refresh token. The OAuth flow is Google.Apis.Auth's, over our own HTTP.</summary>
internal sealed class FileCredential : Credential
{
    private static readonly string[] s_tokenHosts = ["oauth2.googleapis.com", "accounts.google.com"];
    private static readonly string[] s_cloudPlatform = [CloudPlatformScope];

    private readonly CredentialFile _file;
    private readonly Uri _tokenEndpoint;
    private readonly bool _universeIsTrusted;

    /// <param name="file">The checked file.</param>
    /// <param name="namedTokenEndpoint">What -Endpoint @{ token = ... } says; null for Google's own.</param>
    /// <param name="trustedUniverse">What -UniverseDomain says; null where it was not given.</param>
    public FileCredential(CredentialFile file, Uri? namedTokenEndpoint, string? trustedUniverse)
    {
        _file = file;
        _tokenEndpoint = namedTokenEndpoint ?? GoogleTokenEndpoint(file);
        _universeIsTrusted = string.Equals(file.UniverseDomain, trustedUniverse, StringComparison.OrdinalIgnoreCase);
        bool isDefault = string.Equals(file.UniverseDomain, Universe.Default, StringComparison.OrdinalIgnoreCase);
        if ((!isDefault || trustedUniverse is not null) && !_universeIsTrusted)
        {
            throw Errors.UniverseMismatch(file.UniverseDomain, trustedUniverse ?? Universe.Default);
        }

        Recipe = file.Type + "|" + Secrets.Digest(file.Text) + "|" + _tokenEndpoint.AbsoluteUri;
    }

    public override string Type => _file.Type;

    public override string Source => _file.Source;

    public override string Recipe { get; }

    public override string? Account => _file.Account;

    public override string? ProjectId => _file.Type == CredentialFile.ServiceAccountType ? _file.ProjectId : null;

    public override string? QuotaProject => _file.QuotaProject;

    public override bool IsLoopback => _tokenEndpoint.IsLoopback;

    public override IReadOnlyList<string> DefaultScopes =>
        _file.Type == CredentialFile.ServiceAccountType ? s_cloudPlatform : [];

    public override bool CanChooseScopes => _file.Type == CredentialFile.ServiceAccountType;

    public override Task<Universe> GetUniverseAsync(EngineCall call) =>
        Task.FromResult(new Universe(_file.UniverseDomain, _universeIsTrusted));

    public override Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call)
    {
        CredentialFileWarning.Tell(_file, call);
        return GoogleLibrary.FetchAsync(_file, _tokenEndpoint, scopes, call);
    }

    // The endpoint receives what proves the identity (a signed assertion, a refresh token): only Google's own hosts.
    private static Uri GoogleTokenEndpoint(CredentialFile file)
    {
        string text = file.TokenUri ?? "https://oauth2.googleapis.com/token";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Port != 443
            || uri.UserInfo.Length > 0 || Array.IndexOf(s_tokenHosts, uri.Host) < 0)
        {
            throw Errors.TokenUriRefused(file.Source, uri?.Authority ?? "?");
        }

        return uri;
    }
}
