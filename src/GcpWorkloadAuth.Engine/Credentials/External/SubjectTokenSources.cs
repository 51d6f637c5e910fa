using System.Collections.Generic;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>Tells the kinds of credential_source apart. Exactly one of them must be there.</summary>
internal static class SubjectTokenSources
{
    private static readonly string[] s_kinds = ["file", "executable", "certificate"];

    public static SubjectTokenSource Of(
        CredentialFile file, ExternalAccountSettings settings, SessionRecord session, EnvironmentSnapshot environment, Endpoints endpoints,
        MetadataAddress metadata)
    {
        FileFields source = settings.Source;
        string? kind = null;
        List<string> present = [.. s_kinds];
        present.RemoveAll(name => !source.Has(name));

        // An AWS source has a url too.
        if (source.Has("environment_id"))
        {
            present.Add("environment_id");
        }
        else if (source.Has("url"))
        {
            present.Add("url");
        }

        kind = present.Count switch
        {
            0 => throw source.Missing("file"),
            1 => present[0],
            _ => throw source.Invalid(present[1], "there is a '" + present[0] + "' too"),
        };
        switch (kind)
        {
            case "file":
                return new FileTokenSource(source.Demand("file"), TokenFormat.From(source));
            case "url":
                return new UrlTokenSource(TokenSourceUrl.Of(source, metadata), TokenSourceUrl.Headers(source), TokenFormat.From(source));
            case "environment_id":
                return new AwsTokenSource(source, settings.Audience, environment, endpoints.NamedByUser(Endpoints.AwsMetadataService));
            case "executable":
                return new ExecutableTokenSource(file, settings, session, environment);
#if NET
            case "certificate":
                return new CertificateTokenSource(CertificateFiles.Of(source, environment));
#endif
            default:
                // .NET Framework cannot read a key in PEM, nor use one for TLS that is in no key container.
                throw Errors.CredentialSourceNotSupported(file.Source, kind);
        }
    }
}
