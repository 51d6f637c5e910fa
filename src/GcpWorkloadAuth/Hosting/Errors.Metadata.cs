using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>The metadata server over TLS.</content>
internal static partial class Errors
{
    public static GcpException MetadataTlsModeInvalid(string value) =>
        Make(nameof(Strings.MetadataTlsModeInvalid), GcpErrorKind.InvalidData, value);

    public static GcpException MetadataTlsUnavailable(string why) =>
        Make(nameof(Strings.MetadataTlsUnavailable), GcpErrorKind.Security, why);
}
