using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>A service-account key or a user's refresh token. The OAuth flow is Google.Apis.Auth's, over our own HTTP.</summary>
internal sealed partial class FileCredential : Credential
{
    private static readonly string[] s_tokenHosts = ["oauth2.googleapis.com", "accounts.google.com"];
    private static readonly string[] s_cloudPlatform = [CloudPlatformScope];

    private readonly CredentialFile _file;
    private readonly Uri _tokenEndpoint;
    private readonly bool _universeIsTrusted;
    private readonly string? _subject;

    /// <param name="file">The checked file.</param>
    /// <param name="namedTokenEndpoint">What -Endpoint @{ token = ... } says; null for Google's own.</param>
    /// <param name="trustedUniverse">What -UniverseDomain says; null where it was not given.</param>
    /// <param name="subject">The user of the domain a service account stands in for (domain-wide delegation); null for none.</param>
    public FileCredential(CredentialFile file, Uri? namedTokenEndpoint, string? trustedUniverse, string? subject = null)
    {
        _file = file;
        _tokenEndpoint = namedTokenEndpoint ?? GoogleTokenEndpoint(file);
        _universeIsTrusted = string.Equals(file.UniverseDomain, trustedUniverse, StringComparison.OrdinalIgnoreCase);
        bool isDefault = string.Equals(file.UniverseDomain, Universe.Default, StringComparison.OrdinalIgnoreCase);
        if ((!isDefault || trustedUniverse is not null) && !_universeIsTrusted)
        {
            throw Errors.UniverseMismatch(file.UniverseDomain, trustedUniverse ?? Universe.Default);
        }

        if (!isDefault && file.Type == CredentialFile.AuthorizedUserType)
        {
            // Google's library knows people in googleapis.com alone.
            throw Errors.CredentialTypeNotSupported(file.Source, file.Type + " of " + file.UniverseDomain);
        }

        // Domain-wide delegation is Google Workspace's, and there is no Workspace in another universe.
        if (subject is not null && (!isDefault || file.Type != CredentialFile.ServiceAccountType))
        {
            throw Errors.SubjectNotSupported(file.Source);
        }

        _subject = subject;
        Recipe = file.Type + "|" + Secrets.Digest(file.Text) + "|" + _tokenEndpoint.AbsoluteUri
            + (subject is null ? string.Empty : "|" + Secrets.Digest(subject));
    }

    public override string Type => _file.Type;

    public override string Source => _file.Source;

    public override string Recipe { get; }

    public override string? Account => _subject ?? _file.Account;

    public override string? ProjectId => _file.Type == CredentialFile.ServiceAccountType ? _file.ProjectId : null;

    public override string? QuotaProject => _file.QuotaProject;

    public override bool IsLoopback => _tokenEndpoint.IsLoopback;

    public override IReadOnlyList<string> DefaultScopes =>
        _file.Type == CredentialFile.ServiceAccountType ? s_cloudPlatform : [];

    public override bool CanChooseScopes => _file.Type == CredentialFile.ServiceAccountType;

    public override Task<Universe> GetUniverseAsync(EngineCall call) =>
        Task.FromResult(new Universe(_file.UniverseDomain, _universeIsTrusted));

    public override async Task<CachedToken> FetchAsync(string? account, IReadOnlyList<string> scopes, EngineCall call)
    {
        CredentialFileWarning.Tell(_file, call);
        try
        {
            return await GoogleLibrary.FetchAsync(_file, _tokenEndpoint, _subject, scopes, call).ConfigureAwait(false);
        }
        catch (GcpException refused) when (_subject is not null && IsAboutSubject(refused))
        {
            GcpException meant = Errors.SubjectRefused(_file.Account ?? _file.Source, _subject, refused.Message);
            meant.StatusCode = refused.StatusCode;
            meant.Reason = refused.Reason;
            throw meant;
        }
    }

    // "Using OAuth 2.0 for Server to Server Applications", JWT error codes: the account may not act for the user, or there is no such.
    private static bool IsAboutSubject(GcpException refused) =>
        refused.Reason is "unauthorized_client" or "access_denied"
        || refused.Message.IndexOf("Invalid email or User ID", StringComparison.OrdinalIgnoreCase) >= 0;

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
