using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Workload and workforce identity federation.</content>
internal static partial class Errors
{
    public static GcpException CredentialFieldInvalid(string source, string field, string why) =>
        Make(nameof(Strings.CredentialFieldInvalid), GcpErrorKind.InvalidData, source, field, why);

    public static GcpException CredentialUrlRefused(string source, string field, string host) =>
        Make(nameof(Strings.CredentialUrlRefused), GcpErrorKind.Security, source, field, host);

    public static GcpException CredentialSourceNotSupported(string source, string kind) =>
        Make(nameof(Strings.CredentialSourceNotSupported), GcpErrorKind.NotSupported, source, kind);

    public static GcpException SubjectTokenFileNotFound(string path) =>
        Make(nameof(Strings.SubjectTokenFileNotFound), GcpErrorKind.NotFound, path);

    public static GcpException SubjectTokenUnreadable(string place, string why) =>
        Make(nameof(Strings.SubjectTokenUnreadable), GcpErrorKind.InvalidData, place, why);

    public static GcpException SubjectTokenRefused(string place, int status) =>
        Make(nameof(Strings.SubjectTokenRefused), GcpErrorKind.Authentication, place, status);

    public static GcpException FederationRefused(string source, string error, string description) =>
        Make(nameof(Strings.FederationRefused), GcpErrorKind.Authentication, source, error, description);

    public static GcpException FederatedSignInEnded(string source, string description) =>
        Make(nameof(Strings.FederatedSignInEnded), GcpErrorKind.Authentication, source, description);

    public static GcpException FederatedImpersonationDenied(string account, string description) =>
        Make(nameof(Strings.FederatedImpersonationDenied), GcpErrorKind.Permission, account, description);

    public static GcpException AwsCredentialsUnavailable(string why) =>
        Make(nameof(Strings.AwsCredentialsUnavailable), GcpErrorKind.Authentication, why);
}
