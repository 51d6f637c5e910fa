using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Impersonation, identity tokens, signing, gcloud.</content>
internal static partial class Errors
{
    public static GcpException ServiceAccountInvalid(string account) =>
        Make(nameof(Strings.ServiceAccountInvalid), GcpErrorKind.InvalidArgument, account);

    public static GcpException LifetimeInvalid(double seconds) =>
        Make(nameof(Strings.LifetimeInvalid), GcpErrorKind.InvalidArgument, seconds);

    public static GcpException LifetimeNotSupported(string source) =>
        Make(nameof(Strings.LifetimeNotSupported), GcpErrorKind.InvalidArgument, source);

    public static GcpException LifetimeRefused(string account, double seconds, string description) =>
        Make(nameof(Strings.LifetimeRefused), GcpErrorKind.Permission, account, seconds, description);

    public static GcpException SubjectNotSupported(string source) =>
        Make(nameof(Strings.SubjectNotSupported), GcpErrorKind.InvalidArgument, source);

    public static GcpException SubjectRefused(string source, string subject, string description) =>
        Make(nameof(Strings.SubjectRefused), GcpErrorKind.Permission, source, subject, description);

    public static GcpException ImpersonationUrlRefused(string source, string host) =>
        Make(nameof(Strings.ImpersonationUrlRefused), GcpErrorKind.Security, source, host);

    public static GcpException ImpersonationTargetNotFound(string account, string description) =>
        Make(nameof(Strings.ImpersonationTargetNotFound), GcpErrorKind.NotFound, account, description);

    public static GcpException ImpersonationDenied(string caller, string account, string permission, string description) =>
        Make(nameof(Strings.ImpersonationDenied), GcpErrorKind.Permission, caller, account, permission, description);

    public static GcpException CredentialFieldUnusable(string source, string type, string field) =>
        Make(nameof(Strings.CredentialFieldUnusable), GcpErrorKind.InvalidData, source, type, field);

    public static GcpException AudienceInvalid() => Make(nameof(Strings.AudienceInvalid), GcpErrorKind.InvalidArgument);

    public static GcpException IdentityTokenNotSupported(string source, string type) =>
        Make(nameof(Strings.IdentityTokenNotSupported), GcpErrorKind.NotSupported, source, type);

    public static GcpException IdentityOptionNotSupported(string option, string source) =>
        Make(nameof(Strings.IdentityOptionNotSupported), GcpErrorKind.InvalidArgument, option, source);

    public static GcpException SigningNotSupported(string source, string type) =>
        Make(nameof(Strings.SigningNotSupported), GcpErrorKind.NotSupported, source, type);

    public static GcpException GcloudNotFound(string name) => Make(nameof(Strings.GcloudNotFound), GcpErrorKind.NotFound, name);

    public static GcpException GcloudFailed(int exitCode, string description) =>
        Make(nameof(Strings.GcloudFailed), GcpErrorKind.Authentication, exitCode, description);

    public static GcpException GcloudTimedOut(double seconds) => Make(nameof(Strings.GcloudTimedOut), GcpErrorKind.Timeout, seconds);
}
