using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>The doctor.</content>
internal static partial class Errors
{
    public static GcpException PermissionNameInvalid(string name) =>
        Make(nameof(Strings.PermissionNameInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException CheckFailed(string why) => Make(nameof(Strings.CheckFailed), GcpErrorKind.Unavailable, why);

    public static GcpException HostNotResolved(string host, string why) =>
        Make(nameof(Strings.HostNotResolved), GcpErrorKind.Connection, host, why);

    public static GcpException TlsFailed(string host, string why) => Make(nameof(Strings.TlsFailed), GcpErrorKind.Connection, host, why);

    public static GcpException TokenNotAccepted(string why) =>
        Make(nameof(Strings.TokenNotAccepted), GcpErrorKind.Authentication, why);
}
