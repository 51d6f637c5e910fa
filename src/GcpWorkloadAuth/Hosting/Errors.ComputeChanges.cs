using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Compute Engine: changes around instances.</content>
internal static partial class Errors
{
    public static GcpException AttachedDiskNotFound(string disk, string instance) =>
        Make(nameof(Strings.AttachedDiskNotFound), GcpErrorKind.NotFound, disk, instance);

    public static GcpException GceResourceExists(string kind, string name, string description) =>
        Make(nameof(Strings.GceResourceExists), GcpErrorKind.Conflict, kind, name, description);

    public static GcpException DiskCannotShrink(string name, long now, long wanted) =>
        Make(nameof(Strings.DiskCannotShrink), GcpErrorKind.InvalidArgument, name, now, wanted);

    public static GcpException GroupUnknown(string member) => Make(nameof(Strings.GroupUnknown), GcpErrorKind.InvalidArgument, member);

    public static GcpException GroupMemberNotFound(string member, string group) =>
        Make(nameof(Strings.GroupMemberNotFound), GcpErrorKind.NotFound, member, group);
}
