using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Cloud Storage.</content>
internal static partial class Errors
{
    public static GcpException ObjectNotFound(string uri) => Make(nameof(Strings.ObjectNotFound), GcpErrorKind.NotFound, uri);

    public static GcpException ObjectNameInvalid(string name, string why) =>
        Make(nameof(Strings.ObjectNameInvalid), GcpErrorKind.InvalidArgument, name, why);

    public static GcpException StorageUriInvalid(string uri) => Make(nameof(Strings.StorageUriInvalid), GcpErrorKind.InvalidArgument, uri);

    public static GcpException ObjectNameMissing(string bucket) =>
        Make(nameof(Strings.ObjectNameMissing), GcpErrorKind.InvalidArgument, bucket);

    public static GcpException ObjectNameTwice(string uri, string name) =>
        Make(nameof(Strings.ObjectNameTwice), GcpErrorKind.InvalidArgument, uri, name);

    public static GcpException ParametersExclude(string one, string other) =>
        Make(nameof(Strings.ParametersExclude), GcpErrorKind.InvalidArgument, one, other);

    public static GcpException PrefixNotObject(string uri) => Make(nameof(Strings.PrefixNotObject), GcpErrorKind.InvalidArgument, uri);

    public static GcpException SoftDeletedObject(string uri) => Make(nameof(Strings.SoftDeletedObject), GcpErrorKind.InvalidState, uri);

    public static GcpException PreconditionFailed(string title, string description) =>
        Make(nameof(Strings.PreconditionFailed), GcpErrorKind.InvalidState, title, description);

    public static GcpException Conflict(string title, string description) =>
        Make(nameof(Strings.Conflict), GcpErrorKind.Conflict, title, description);

    public static GcpException RetentionActive(string description) =>
        Make(nameof(Strings.RetentionActive), GcpErrorKind.Permission, description);
}
