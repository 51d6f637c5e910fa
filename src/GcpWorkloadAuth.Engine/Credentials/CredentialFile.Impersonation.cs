using System;
using System.Collections.Generic;
using System.Text;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <content>
/// impersonated_service_account, as gcloud auth application-default login --impersonate-service-account writes it.
/// </content>
internal sealed partial class CredentialFile
{
    public const string ImpersonatedType = "impersonated_service_account";

    private const string UrlField = "service_account_impersonation_url";

    /// <summary>The scopes that an impersonated_service_account file names; null where it names none.</summary>
    public IReadOnlyList<string>? Scopes { get; private set; }

    /// <summary>The credential inside an impersonated_service_account file, as a file of its own.</summary>
    public CredentialFile? SourceCredentials { get; private set; }

    /// <summary>Whose token the file is for. Only the account is taken from its URL: where the request goes, the session decides.</summary>
    /// <param name="trustedUniverse">The universe whose IAM the URL may name; a file does not choose it.</param>
    public ImpersonationTarget TargetIn(string trustedUniverse)
    {
        string url = this[UrlField]!;
        bool isUsable = Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Port == 443
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            && string.Equals(uri.Host, "iamcredentials." + trustedUniverse, StringComparison.OrdinalIgnoreCase);
        if (!isUsable)
        {
            throw Errors.ImpersonationUrlRefused(Source, uri?.Authority is { Length: > 0 } authority ? authority : "?");
        }

        const string prefix = "/v1/projects/-/serviceAccounts/";
        const string suffix = ":generateAccessToken";
        string path = Uri.UnescapeDataString(uri!.AbsolutePath);
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || !path.EndsWith(suffix, StringComparison.Ordinal)
            || path.Length <= prefix.Length + suffix.Length)
        {
            throw Errors.CredentialFieldUnusable(Source, Type, UrlField);
        }

        return new ImpersonationTarget(
            path.Substring(prefix.Length, path.Length - prefix.Length - suffix.Length), Strings("delegates") ?? []);
    }

    private void ReadImpersonation()
    {
        Demand(UrlField);
        Scopes = Strings("scopes");
        if (!_fields.TryGetValue("source_credentials", out object? value) || value is null)
        {
            throw Errors.CredentialFieldMissing(Source, Type, "source_credentials");
        }

        if (value is not Dictionary<string, object?> source)
        {
            throw Errors.CredentialFieldUnusable(Source, Type, "source_credentials");
        }

        SourceCredentials = Parse(TextOf(source), Source + " (source_credentials)");
    }

    private string TextOf(Dictionary<string, object?> source)
    {
        try
        {
            return Encoding.UTF8.GetString(JsonBody.Write(source));
        }
        catch (ArgumentException)
        {
            // A number beyond all bounds.
            throw Errors.CredentialFieldUnusable(Source, Type, "source_credentials");
        }
    }

    /// <summary>A field that is a list of strings; null where it is not there or empty.</summary>
    private List<string>? Strings(string field)
    {
        if (!_fields.TryGetValue(field, out object? value) || value is null)
        {
            return null;
        }

        List<string> texts = [];
        foreach (object? item in value as List<object?> ?? throw Errors.CredentialFieldUnusable(Source, Type, field))
        {
            texts.Add(item as string ?? throw Errors.CredentialFieldUnusable(Source, Type, field));
        }

        return texts.Count > 0 ? texts : null;
    }
}
