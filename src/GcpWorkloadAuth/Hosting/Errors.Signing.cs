using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Signed URLs and policy documents.</content>
internal static partial class Errors
{
    public static GcpException SignedLifetimeInvalid(string lifetime) =>
        Make(nameof(Strings.SignedLifetimeInvalid), GcpErrorKind.InvalidArgument, lifetime);

    public static GcpException SignedLifetimeNeedsKey(string lifetime, string account) =>
        Make(nameof(Strings.SignedLifetimeNeedsKey), GcpErrorKind.InvalidArgument, lifetime, account);

    public static GcpException SignedHeaderInvalid(string name) =>
        Make(nameof(Strings.SignedHeaderInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException SignedHeaderTwice(string name) => Make(nameof(Strings.SignedHeaderTwice), GcpErrorKind.InvalidArgument, name);

    public static GcpException SignedQueryRefused(string name) => Make(nameof(Strings.SignedQueryRefused), GcpErrorKind.InvalidArgument, name);

    public static GcpException SignedStyleNeedsHost(string host) =>
        Make(nameof(Strings.SignedStyleNeedsHost), GcpErrorKind.InvalidArgument, host);

    public static GcpException SignedHostInvalid(string host) => Make(nameof(Strings.SignedHostInvalid), GcpErrorKind.InvalidArgument, host);

    public static GcpException PostPolicyNameMissing(string bucket) =>
        Make(nameof(Strings.PostPolicyNameMissing), GcpErrorKind.InvalidArgument, bucket);
}
