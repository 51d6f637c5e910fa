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

    public static GcpException CertificateUnusable(string path, string why) =>
        Make(nameof(Strings.CertificateUnusable), GcpErrorKind.InvalidData, path, why);

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

    public static GcpException ExecutableNotAllowed(string source) =>
        Make(nameof(Strings.ExecutableNotAllowed), GcpErrorKind.Security, source);

    public static GcpException ExecutableFileNotTrusted(string path) =>
        Make(nameof(Strings.ExecutableFileNotTrusted), GcpErrorKind.Security, path);

    public static GcpException ExecutableNotStarted(string program, string why) =>
        Make(nameof(Strings.ExecutableNotStarted), GcpErrorKind.NotFound, program, why);

    public static GcpException ExecutableFailed(string program, int exitCode, string reported) =>
        Make(nameof(Strings.ExecutableFailed), GcpErrorKind.Authentication, program, exitCode, reported);

    public static GcpException ExecutableTimedOut(string program, double seconds) =>
        Make(nameof(Strings.ExecutableTimedOut), GcpErrorKind.Timeout, program, seconds);

    public static GcpException ExecutableAnswerInvalid(string program, string why) =>
        Make(nameof(Strings.ExecutableAnswerInvalid), GcpErrorKind.InvalidData, program, why);

    public static GcpException ExecutableRefused(string program, string code, string message) =>
        Make(nameof(Strings.ExecutableRefused), GcpErrorKind.Authentication, program, code, message);
}
