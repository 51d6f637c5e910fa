using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Tokens that may do less.</content>
internal static partial class Errors
{
    public static GcpException AccessBoundaryRuleCount(int count) =>
        Make(nameof(Strings.AccessBoundaryRuleCount), GcpErrorKind.InvalidArgument, count);

    public static GcpException AccessBoundaryRuleInvalid(string why) =>
        Make(nameof(Strings.AccessBoundaryRuleInvalid), GcpErrorKind.InvalidArgument, why);

    public static GcpException AccessBoundaryRoleInvalid(string role) =>
        Make(nameof(Strings.AccessBoundaryRoleInvalid), GcpErrorKind.InvalidArgument, role);

    public static GcpException AccessBoundaryPrefixInvalid(string why) =>
        Make(nameof(Strings.AccessBoundaryPrefixInvalid), GcpErrorKind.InvalidArgument, why);

    public static GcpException DownscopingRefused(string source, string error, string description) =>
        Make(nameof(Strings.DownscopingRefused), GcpErrorKind.Authentication, source, error, description);

    public static GcpException OutputFormAmbiguous() => Make(nameof(Strings.OutputFormAmbiguous), GcpErrorKind.InvalidArgument);
}
