using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>What lies around instances.</content>
internal static partial class Errors
{
    public static GcpException GceResourceNotFound(string kind, string name, string place) =>
        Make(nameof(Strings.GceResourceNotFound), GcpErrorKind.NotFound, kind, name, place);

    public static GcpException ResourceNameInvalid(string kind, string name) =>
        Make(nameof(Strings.ResourceNameInvalid), GcpErrorKind.InvalidArgument, kind, name);

    public static GcpException GcePlaceInvalid(string kind, string place) =>
        Make(nameof(Strings.GcePlaceInvalid), GcpErrorKind.InvalidArgument, kind, place);
}
