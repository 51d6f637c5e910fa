using System;
using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// The error catalogue. The id of a failure is the key of its message in the string resources; the key with "Advice" behind it
/// holds what a person can do.
/// </summary>
internal static partial class Errors
{
    public static GcpException ContextNotFound(string name) => Make(nameof(Strings.ContextNotFound), GcpErrorKind.NotFound, name);

    public static GcpException NoCredentials(string looked) => Make(nameof(Strings.NoCredentials), GcpErrorKind.Authentication, looked);

    public static GcpException NoProject() => Make(nameof(Strings.NoProject), GcpErrorKind.InvalidArgument);

    public static GcpException CredentialFileNotFound(string path, string namedBy) =>
        Make(nameof(Strings.CredentialFileNotFound), GcpErrorKind.NotFound, path, namedBy);

    public static GcpException CredentialFileUnreadable(string source, string why) =>
        Make(nameof(Strings.CredentialFileUnreadable), GcpErrorKind.InvalidData, source, why);

    public static GcpException CredentialFileEmpty(string source) =>
        Make(nameof(Strings.CredentialFileEmpty), GcpErrorKind.InvalidData, source);

    public static GcpException CredentialFileNotJson(string source) =>
        Make(nameof(Strings.CredentialFileNotJson), GcpErrorKind.InvalidData, source);

    public static GcpException CredentialFieldMissing(string source, string type, string field) =>
        Make(nameof(Strings.CredentialFieldMissing), GcpErrorKind.InvalidData, source, type, field);

    public static GcpException CredentialKeyInvalid(string source) =>
        Make(nameof(Strings.CredentialKeyInvalid), GcpErrorKind.InvalidData, source);

    public static GcpException CredentialTypeNotSupported(string source, string type) =>
        Make(nameof(Strings.CredentialTypeNotSupported), GcpErrorKind.NotSupported, source, type);

    public static GcpException CredentialTypeUnknown(string source, string type) =>
        Make(nameof(Strings.CredentialTypeUnknown), GcpErrorKind.InvalidData, source, type);

    public static GcpException TokenUriRefused(string source, string host) =>
        Make(nameof(Strings.TokenUriRefused), GcpErrorKind.Security, source, host);

    public static GcpException UniverseMismatch(string credential, string endpoint) =>
        Make(nameof(Strings.UniverseMismatch), GcpErrorKind.Security, credential, endpoint);

    public static GcpException UniverseInvalid(string domain) =>
        Make(nameof(Strings.UniverseInvalid), GcpErrorKind.InvalidArgument, domain);

    public static GcpException MetadataAddressInvalid(string variable, string value) =>
        Make(nameof(Strings.MetadataAddressInvalid), GcpErrorKind.InvalidData, variable, value);

    public static GcpException MetadataServerUnreachable(string address, double seconds, string why) =>
        Make(nameof(Strings.MetadataServerUnreachable), GcpErrorKind.Connection, address, seconds, why);

    public static GcpException MetadataServerNotGoogle(string address) =>
        Make(nameof(Strings.MetadataServerNotGoogle), GcpErrorKind.Security, address);

    public static GcpException MetadataServerRefused(string path, string why) =>
        Make(nameof(Strings.MetadataServerRefused), GcpErrorKind.Permission, path, why);

    public static GcpException MetadataServerBusy(int status, double seconds) =>
        Make(nameof(Strings.MetadataServerBusy), GcpErrorKind.Unavailable, status, seconds);

    public static GcpException MetadataServerFailed(string path, int status) =>
        Make(nameof(Strings.MetadataServerFailed), GcpErrorKind.Unavailable, path, status);

    public static GcpException MetadataPathNotFound(string path) =>
        Make(nameof(Strings.MetadataPathNotFound), GcpErrorKind.NotFound, path);

    public static GcpException MetadataPathInvalid(string path) =>
        Make(nameof(Strings.MetadataPathInvalid), GcpErrorKind.InvalidArgument, path);

    public static GcpException MetadataPathIsSecret(string path) =>
        Make(nameof(Strings.MetadataPathIsSecret), GcpErrorKind.Security, path);

    public static GcpException MetadataWaitTimedOut(string path, int seconds) =>
        Make(nameof(Strings.MetadataWaitTimedOut), GcpErrorKind.Timeout, path, seconds);

    public static GcpException NoServiceAccount() => Make(nameof(Strings.NoServiceAccount), GcpErrorKind.Authentication);

    public static GcpException ServiceAccountNotAttached(string account) =>
        Make(nameof(Strings.ServiceAccountNotAttached), GcpErrorKind.NotFound, account);

    public static GcpException ServiceAccountNeedsMetadataServer(string source) =>
        Make(nameof(Strings.ServiceAccountNeedsMetadataServer), GcpErrorKind.InvalidArgument, source);

    public static GcpException ScopesFixed(string source) =>
        Make(nameof(Strings.ScopesFixed), GcpErrorKind.InvalidArgument, source);

    public static GcpException TokenResponseInvalid(string source) =>
        Make(nameof(Strings.TokenResponseInvalid), GcpErrorKind.InvalidData, source);

    public static GcpException AccessTokenInvalid() => Make(nameof(Strings.AccessTokenInvalid), GcpErrorKind.InvalidArgument);

    public static GcpException CredentialRevoked(string source, string description) =>
        Make(nameof(Strings.CredentialRevoked), GcpErrorKind.Authentication, source, description);

    public static GcpException ReauthenticationRequired(string source) =>
        Make(nameof(Strings.ReauthenticationRequired), GcpErrorKind.Authentication, source);

    public static GcpException AccountNotUsable(string source, string description) =>
        Make(nameof(Strings.AccountNotUsable), GcpErrorKind.Authentication, source, description);

    public static GcpException ClockSkew(string source, string description) =>
        Make(nameof(Strings.ClockSkew), GcpErrorKind.Authentication, source, description);

    public static GcpException TokenRefused(string source, string error, string description) =>
        Make(nameof(Strings.TokenRefused), GcpErrorKind.Authentication, source, error, description);

    public static GcpException Unauthenticated(string service, string description) =>
        Make(nameof(Strings.Unauthenticated), GcpErrorKind.Authentication, service, description);

    public static GcpException ScopesInsufficient(string service, string account) =>
        Make(nameof(Strings.ScopesInsufficient), GcpErrorKind.Permission, service, account);

    public static GcpException ApiDisabled(string api, string project, string url) =>
        Make(nameof(Strings.ApiDisabled), GcpErrorKind.Permission, api, project, url);

    public static GcpException PermissionDenied(string description) =>
        Make(nameof(Strings.PermissionDenied), GcpErrorKind.Permission, description);

    public static GcpException QuotaProjectDenied(string description) =>
        Make(nameof(Strings.QuotaProjectDenied), GcpErrorKind.Permission, description);

    public static GcpException VpcServiceControlsDenied(string identifier) =>
        Make(nameof(Strings.VpcServiceControlsDenied), GcpErrorKind.Permission, identifier);

    public static GcpException OrganizationPolicyDenied(string description) =>
        Make(nameof(Strings.OrganizationPolicyDenied), GcpErrorKind.Permission, description);

    public static GcpException BillingDisabled(string description) =>
        Make(nameof(Strings.BillingDisabled), GcpErrorKind.Permission, description);

    public static GcpException RateLimited(string service, string description) =>
        Make(nameof(Strings.RateLimited), GcpErrorKind.Limit, service, description);

    public static GcpException QuotaExceeded(string description) =>
        Make(nameof(Strings.QuotaExceeded), GcpErrorKind.Limit, description);

    public static GcpException ProjectNotFound(string project) => Make(nameof(Strings.ProjectNotFound), GcpErrorKind.NotFound, project);

    public static GcpException BucketNotFound(string bucket) => Make(nameof(Strings.BucketNotFound), GcpErrorKind.NotFound, bucket);

    public static GcpException InstanceNotFound(string instance, string where) =>
        Make(nameof(Strings.InstanceNotFound), GcpErrorKind.NotFound, instance, where);

    public static GcpException ZoneNotFound(string zone, string project) =>
        Make(nameof(Strings.ZoneNotFound), GcpErrorKind.NotFound, zone, project);

    public static GcpException ResourceNotFound(string description) =>
        Make(nameof(Strings.ResourceNotFound), GcpErrorKind.NotFound, description);

    public static GcpException ProjectInvalid(string project) => Make(nameof(Strings.ProjectInvalid), GcpErrorKind.InvalidArgument, project);

    public static GcpException ZoneInvalid(string zone) => Make(nameof(Strings.ZoneInvalid), GcpErrorKind.InvalidArgument, zone);

    public static GcpException BucketNameInvalid(string name) => Make(nameof(Strings.BucketNameInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException InstanceNameInvalid(string name) =>
        Make(nameof(Strings.InstanceNameInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException LabelInvalid(string label) => Make(nameof(Strings.LabelInvalid), GcpErrorKind.InvalidArgument, label);

    public static GcpException ScopeInvalid(string scope) => Make(nameof(Strings.ScopeInvalid), GcpErrorKind.InvalidArgument, scope);

    public static GcpException RequestInvalid(string service, string description) =>
        Make(nameof(Strings.RequestInvalid), GcpErrorKind.InvalidArgument, service, description);

    public static GcpException RequestFailed(string service, int status, string description) =>
        Make(nameof(Strings.RequestFailed), GcpErrorKind.Unavailable, service, status, description);

    public static GcpException ServiceUnavailable(string service, int status, int attempts) =>
        Make(nameof(Strings.ServiceUnavailable), GcpErrorKind.Unavailable, service, status, attempts);

    public static GcpException ConnectionFailed(string host, string why, Exception? inner = null) =>
        Make(nameof(Strings.ConnectionFailed), GcpErrorKind.Connection, inner, host, why);

    public static GcpException ConnectionTimedOut(string host, double seconds) =>
        Make(nameof(Strings.ConnectionTimedOut), GcpErrorKind.Timeout, host, seconds);

    public static GcpException RedirectRefused(string from, string to) =>
        Make(nameof(Strings.RedirectRefused), GcpErrorKind.Security, from, to);

    public static GcpException ResponseNotJson(string service, string contentType) =>
        Make(nameof(Strings.ResponseNotJson), GcpErrorKind.InvalidData, service, contentType);

    public static GcpException ResponseTruncated(string service) =>
        Make(nameof(Strings.ResponseTruncated), GcpErrorKind.Connection, service);

    public static GcpException ResponseTooLarge(string service, long limit) =>
        Make(nameof(Strings.ResponseTooLarge), GcpErrorKind.InvalidData, service, limit);

    public static GcpException EndpointRefused(string namedBy, string host) =>
        Make(nameof(Strings.EndpointRefused), GcpErrorKind.Security, namedBy, host);

    public static GcpException EndpointInvalid(string namedBy, string value) =>
        Make(nameof(Strings.EndpointInvalid), GcpErrorKind.InvalidArgument, namedBy, value);

    public static GcpException EndpointServiceUnknown(string service, IEnumerable<string> known) =>
        Make(nameof(Strings.EndpointServiceUnknown), GcpErrorKind.InvalidArgument, service, string.Join(", ", known));

    public static GcpException TokenForEmulatorRefused(string namedBy, string host) =>
        Make(nameof(Strings.TokenForEmulatorRefused), GcpErrorKind.Security, namedBy, host);

    public static GcpException PathNotFileSystem(string path, string provider) =>
        Make(nameof(Strings.PathNotFileSystem), GcpErrorKind.InvalidArgument, path, provider);

    public static GcpException ListIncomplete(string scopes) =>
        Make(nameof(Strings.ListIncomplete), GcpErrorKind.Unavailable, scopes);

    private static GcpException Make(string id, GcpErrorKind kind, params object[] arguments) => Make(id, kind, null, arguments);

    private static GcpException Make(string id, GcpErrorKind kind, Exception? inner, params object[] arguments)
    {
        string message = OneLine(Redaction.Of(string.Format(CultureInfo.CurrentCulture, Text(id), arguments)));
        string advice = OneLine(Redaction.Of(string.Format(CultureInfo.CurrentCulture, Text(id + "Advice"), arguments)));
        return new GcpException(id, kind, message, advice, inner);
    }

    // What a file or a server says becomes part of it: nothing there may move the cursor of a terminal or begin a line of a log.
    private static string OneLine(string text)
    {
        char[]? line = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                line ??= text.ToCharArray();
                line[i] = ' ';
            }
        }

        return line is null ? text : new string(line);
    }

    private static string Text(string key) => Strings.ResourceManager.GetString(key, CultureInfo.CurrentUICulture) ?? string.Empty;
}
