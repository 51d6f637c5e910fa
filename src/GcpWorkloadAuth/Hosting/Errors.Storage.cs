using System;
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

    public static GcpException ObjectChanged(string uri) => Make(nameof(Strings.ObjectChanged), GcpErrorKind.InvalidState, uri);

    public static GcpException ObjectExists(string uri) => Make(nameof(Strings.ObjectExists), GcpErrorKind.Conflict, uri);

    public static GcpException NoncurrentUnchangeable(string uri) =>
        Make(nameof(Strings.NoncurrentUnchangeable), GcpErrorKind.InvalidState, uri);

    public static GcpException CopyDiffers(string source, string destination) =>
        Make(nameof(Strings.CopyDiffers), GcpErrorKind.InvalidData, source, destination);

    public static GcpException MoveLeftSource(string source, string destination, string why, GcpErrorKind kind, Exception? inner = null) =>
        Make(nameof(Strings.MoveLeftSource), kind, inner, source, destination, why);

    public static GcpException NoSoftDeletedObject(string uri) => Make(nameof(Strings.NoSoftDeletedObject), GcpErrorKind.NotFound, uri);

    public static GcpException GenerationAmbiguous(string uri, string generations) =>
        Make(nameof(Strings.GenerationAmbiguous), GcpErrorKind.Ambiguous, uri, generations);

    public static GcpException SourceNotFound(string destination, string description) =>
        Make(nameof(Strings.SourceNotFound), GcpErrorKind.NotFound, destination, description);

    public static GcpException EncryptionKeyInvalid(string parameter) =>
        Make(nameof(Strings.EncryptionKeyInvalid), GcpErrorKind.InvalidArgument, parameter);

    public static GcpException LocalPathRefused(string path) => Make(nameof(Strings.LocalPathRefused), GcpErrorKind.InvalidArgument, path);

    public static GcpException DestinationMissing() => Make(nameof(Strings.DestinationMissing), GcpErrorKind.InvalidArgument);

    public static GcpException DestinationTwice(string uri) => Make(nameof(Strings.DestinationTwice), GcpErrorKind.InvalidArgument, uri);

    public static GcpException DestinationIsSource(string uri) => Make(nameof(Strings.DestinationIsSource), GcpErrorKind.InvalidArgument, uri);

    public static GcpException NothingToChange() => Make(nameof(Strings.NothingToChange), GcpErrorKind.InvalidArgument);

    public static GcpException SourcesInOtherBucket(string source, string bucket) =>
        Make(nameof(Strings.SourcesInOtherBucket), GcpErrorKind.InvalidArgument, source, bucket);

    public static GcpException PreconditionFailed(string title, string description) =>
        Make(nameof(Strings.PreconditionFailed), GcpErrorKind.InvalidState, title, description);

    public static GcpException Conflict(string title, string description) =>
        Make(nameof(Strings.Conflict), GcpErrorKind.Conflict, title, description);

    public static GcpException RetentionActive(string description) =>
        Make(nameof(Strings.RetentionActive), GcpErrorKind.Permission, description);
}
