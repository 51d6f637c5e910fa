using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Transfers of objects' contents.</content>
internal static partial class Errors
{
    public static GcpException HashMismatch(string what, string actual, string wanted) =>
        Make(nameof(Strings.HashMismatch), GcpErrorKind.InvalidData, what, actual, wanted);

    public static GcpException FileExists(string path) => Make(nameof(Strings.FileExists), GcpErrorKind.Conflict, path);

    public static GcpException TargetIsFolder(string path) => Make(nameof(Strings.TargetIsFolder), GcpErrorKind.FileWrite, path);

    public static GcpException TargetFolderMissing(string path) => Make(nameof(Strings.TargetFolderMissing), GcpErrorKind.FileWrite, path);

    public static GcpException TargetReadOnly(string path) => Make(nameof(Strings.TargetReadOnly), GcpErrorKind.FileWrite, path);

    public static GcpException TargetLocked(string path) => Make(nameof(Strings.TargetLocked), GcpErrorKind.FileWrite, path);

    public static GcpException TargetDenied(string path, string why) => Make(nameof(Strings.TargetDenied), GcpErrorKind.FileWrite, path, why);

    public static GcpException DiskFull(string path) => Make(nameof(Strings.DiskFull), GcpErrorKind.FileWrite, path);

    public static GcpException FileNotFound(string path) => Make(nameof(Strings.FileNotFound), GcpErrorKind.NotFound, path);

    public static GcpException FileIsFolder(string path) => Make(nameof(Strings.FileIsFolder), GcpErrorKind.FileRead, path);

    public static GcpException FileNotReadable(string path, string why) =>
        Make(nameof(Strings.FileNotReadable), GcpErrorKind.FileRead, path, why);

    public static GcpException SourceChanged(string path) => Make(nameof(Strings.SourceChanged), GcpErrorKind.FileRead, path);

    public static GcpException UploadSessionLost(string target) =>
        Make(nameof(Strings.UploadSessionLost), GcpErrorKind.Unavailable, target);

    public static GcpException GzipInvalid(string what) => Make(nameof(Strings.GzipInvalid), GcpErrorKind.InvalidData, what);

    public static GcpException ObjectNameNoPath(string name, string folder, string why) =>
        Make(nameof(Strings.ObjectNameNoPath), GcpErrorKind.InvalidArgument, name, folder, why);

    public static GcpException TextTooLong(string what, long limit) =>
        Make(nameof(Strings.TextTooLong), GcpErrorKind.Limit, what, limit);

    public static GcpException CharsetUnknown(string what, string charset) =>
        Make(nameof(Strings.CharsetUnknown), GcpErrorKind.NotSupported, what, charset);

    public static GcpException UploadNeedsName(string bucket) =>
        Make(nameof(Strings.UploadNeedsName), GcpErrorKind.InvalidArgument, bucket);

    public static GcpException UploadValueInvalid(string type) =>
        Make(nameof(Strings.UploadValueInvalid), GcpErrorKind.InvalidArgument, type);

    public static GcpException FolderNeedsRecurse(string path) =>
        Make(nameof(Strings.FolderNeedsRecurse), GcpErrorKind.InvalidArgument, path);

    public static GcpException UploadNameTaken(string name) => Make(nameof(Strings.UploadNameTaken), GcpErrorKind.InvalidArgument, name);

    public static GcpException OutFileTaken(string path) => Make(nameof(Strings.OutFileTaken), GcpErrorKind.InvalidArgument, path);
}
