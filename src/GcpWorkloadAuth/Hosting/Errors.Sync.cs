using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Folders and buckets made equal.</content>
internal static partial class Errors
{
    public static GcpException SyncFolderNotFound(string folder) => Make(nameof(Strings.SyncFolderNotFound), GcpErrorKind.NotFound, folder);

    public static GcpException SyncFolderUnreadable(string path, string why) =>
        Make(nameof(Strings.SyncFolderUnreadable), GcpErrorKind.FileRead, path, why);

    public static GcpException SyncSourceEmpty(string source) => Make(nameof(Strings.SyncSourceEmpty), GcpErrorKind.InvalidState, source);

    public static GcpException SyncNamesClash(string destination, string names) =>
        Make(nameof(Strings.SyncNamesClash), GcpErrorKind.InvalidState, destination, names);

    public static GcpException SyncPlacesLocal(string source, string destination) =>
        Make(nameof(Strings.SyncPlacesLocal), GcpErrorKind.InvalidArgument, source, destination);

    public static GcpException SyncPlacesOverlap(string source, string destination) =>
        Make(nameof(Strings.SyncPlacesOverlap), GcpErrorKind.InvalidArgument, source, destination);

    public static GcpException SyncDeletionSkipped(string destination) =>
        Make(nameof(Strings.SyncDeletionSkipped), GcpErrorKind.InvalidState, destination);

    public static GcpException SyncFileNotDeleted(string path, string why) =>
        Make(nameof(Strings.SyncFileNotDeleted), GcpErrorKind.FileWrite, path, why);
}
