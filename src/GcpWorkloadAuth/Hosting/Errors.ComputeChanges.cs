using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Compute Engine: changes around instances.</content>
internal static partial class Errors
{
    public static GcpException AttachedDiskNotFound(string disk, string instance) =>
        Make(nameof(Strings.AttachedDiskNotFound), GcpErrorKind.NotFound, disk, instance);
}
