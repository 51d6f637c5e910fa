using System;
using System.Collections.Generic;
using System.IO;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <content>
/// What stands on top of a credential (impersonation, lifetime), and the two places of gcloud that the default search heeds.
/// </content>
/// <remarks>
/// Order, as gcloud has it for what is its own (core/credentials/store.py of the Google Cloud CLI: a token file replaces every
/// other credential, impersonation stands on top of whatever was found) and DESIGN has it for settings (environment before
/// gcloud's configuration): CLOUDSDK_AUTH_ACCESS_TOKEN_FILE, GOOGLE_APPLICATION_CREDENTIALS, gcloud's auth/access_token_file,
/// gcloud's Application Default Credentials, the metadata server; then CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT or gcloud's
/// auth/impersonate_service_account.
/// </remarks>
internal sealed partial class CredentialSearch
{
    private const string ImpersonationVariable = "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT";
    private const string TokenFileVariable = "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE";
    private string? _missingConfigurations;
    private GcloudConfiguration? _gcloud;

    /// <summary>True while gcloud's configuration, where the search looked at it, is what it was.</summary>
    public bool IsCurrent() =>
        (_gcloud is null || _gcloud.IsCurrent()) && (_missingConfigurations is null || !Directory.Exists(_missingConfigurations));

    /// <summary>A credential file's credential, whatever its type.</summary>
    private Credential FromFile(CredentialFile file)
    {
        if (file.Type != CredentialFile.ImpersonatedType)
        {
            return FromPlainFile(file);
        }

        string trusted = _session.UniverseDomain ?? Universe.Default;
        if (file["universe_domain"] is { } named && !string.Equals(named, trusted, StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.UniverseMismatch(named, trusted);
        }

        ImpersonationTarget target = file.TargetIn(trusted);
        return new ImpersonatedCredential(
            _owner, FromFile(file.SourceCredentials!), target, ImpersonatedCredential.DefaultLifetime, file);
    }

    private Credential Refine(Credential found)
    {
        if (_session.Subject is not null && found is not FileCredential)
        {
            throw Errors.SubjectNotSupported(found.Source);
        }

        Credential refined = Impersonate(found);
        return _session.Lifetime is not { } lifetime
            ? refined
            : refined.WithLifetime(lifetime) ?? throw Errors.LifetimeNotSupported(refined.Source);
    }

    /// <summary>Whom the session works as besides its own credential, and who says so; null for nobody.</summary>
    public (IReadOnlyList<string> Chain, string NamedBy)? Impersonation()
    {
        if (_session.ImpersonationChain.Count > 0)
        {
            return (_session.ImpersonationChain, "-ImpersonateServiceAccount");
        }

        if (_session.Kind != CredentialKind.ApplicationDefault)
        {
            return null;
        }

        if (_environment[ImpersonationVariable] is { } variable)
        {
            return ([variable], ImpersonationVariable);
        }

        return Gcloud()?["auth/impersonate_service_account"] is { } configured
            ? ([configured], "gcloud's auth/impersonate_service_account")
            : null;
    }

    private Credential Impersonate(Credential found) =>
        Impersonation() is { } impersonation ? Impersonate(found, ImpersonationTarget.FromChain(impersonation.Chain)) : found;

    private ImpersonatedCredential Impersonate(Credential found, ImpersonationTarget target) =>
        new(_owner, found, target, ImpersonatedCredential.DefaultLifetime, null);

    private AccessTokenCredential FromTokenFile(string path, string namedBy)
    {
        WatchedFile = path;
        return new AccessTokenCredential(
            CredentialFile.ReadText(path, namedBy), _session.UniverseDomain, "'" + path + "' (" + namedBy + ")");
    }

    // gcloud's configuration, where there is one at all: a VM's first token does without reading it.
    private GcloudConfiguration? Gcloud()
    {
        if (_gcloud is null && GcloudConfiguration.Folder(_environment) is { } folder)
        {
            string configurations = Path.Combine(folder, "configurations");
            _missingConfigurations = Directory.Exists(configurations) ? null : configurations;
            _gcloud = _missingConfigurations is null ? GcloudConfiguration.Load(_environment) : null;
        }

        return _gcloud;
    }
}
