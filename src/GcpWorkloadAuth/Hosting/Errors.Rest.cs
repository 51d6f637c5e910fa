using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Requests to any API.</content>
internal static partial class Errors
{
    public static GcpException RestUriNotAbsolute(string uri) =>
        Make(nameof(Strings.RestUriNotAbsolute), GcpErrorKind.InvalidArgument, uri);

    public static GcpException RestUriUnfit(string uri) => Make(nameof(Strings.RestUriUnfit), GcpErrorKind.InvalidArgument, uri);

    public static GcpException RestHostRefused(string host) => Make(nameof(Strings.RestHostRefused), GcpErrorKind.Security, host);

    public static GcpException RestHeaderRefused(string name) => Make(nameof(Strings.RestHeaderRefused), GcpErrorKind.InvalidArgument, name);

    public static GcpException RestHeaderInvalid(string name) => Make(nameof(Strings.RestHeaderInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException RestQueryRefused(string name) => Make(nameof(Strings.RestQueryRefused), GcpErrorKind.Security, name);

    public static GcpException RestQueryInvalid(string name, string type) =>
        Make(nameof(Strings.RestQueryInvalid), GcpErrorKind.InvalidArgument, name, type);

    public static GcpException RestBodyNotAllowed(string method) =>
        Make(nameof(Strings.RestBodyNotAllowed), GcpErrorKind.InvalidArgument, method);

    public static GcpException RestBodyTypeInvalid(string where, string type) =>
        Make(nameof(Strings.RestBodyTypeInvalid), GcpErrorKind.InvalidArgument, where, type);

    public static GcpException RestBodySecret(string where) => Make(nameof(Strings.RestBodySecret), GcpErrorKind.Security, where);

    public static GcpException RestBodyTooDeep(string where, int depth) =>
        Make(nameof(Strings.RestBodyTooDeep), GcpErrorKind.InvalidArgument, where, depth);

    public static GcpException RestBodyNotJson(string why) => Make(nameof(Strings.RestBodyNotJson), GcpErrorKind.InvalidArgument, why);

    public static GcpException RestRetryNotAllowed(string method) =>
        Make(nameof(Strings.RestRetryNotAllowed), GcpErrorKind.InvalidArgument, method);

    public static GcpException RestAnswerTooLarge(string host, long limit) =>
        Make(nameof(Strings.RestAnswerTooLarge), GcpErrorKind.Limit, host, limit);

    public static GcpException RestAnswerNotText(string host, string contentType) =>
        Make(nameof(Strings.RestAnswerNotText), GcpErrorKind.InvalidData, host, contentType);

    public static GcpException RestNotFound(string uri, string description) =>
        Make(nameof(Strings.RestNotFound), GcpErrorKind.NotFound, uri, description);

    public static GcpException RestPaginateNeedsGet(string method) =>
        Make(nameof(Strings.RestPaginateNeedsGet), GcpErrorKind.InvalidArgument, method);

    public static GcpException RestPageRepeated(string host) => Make(nameof(Strings.RestPageRepeated), GcpErrorKind.InvalidData, host);

    public static GcpException RestOperationFailed(GcpErrorKind kind, string name, string description) =>
        Make(nameof(Strings.RestOperationFailed), kind, name, description);

    public static GcpException RestOperationInvalid(string name) =>
        Make(nameof(Strings.RestOperationInvalid), GcpErrorKind.InvalidData, name);

    public static GcpException RestOperationTimedOut(string name, int seconds, string uri) =>
        Make(nameof(Strings.RestOperationTimedOut), GcpErrorKind.Timeout, name, seconds, uri);

    public static GcpException GuestAttributesDisabled() => Make(nameof(Strings.GuestAttributesDisabled), GcpErrorKind.Permission);

    public static GcpException GuestAttributeNameInvalid(string name) =>
        Make(nameof(Strings.GuestAttributeNameInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException GuestAttributeTooLarge(string name, int limit) =>
        Make(nameof(Strings.GuestAttributeTooLarge), GcpErrorKind.InvalidArgument, name, limit);

    public static GcpException GuestAttributeRefused(string name, string description) =>
        Make(nameof(Strings.GuestAttributeRefused), GcpErrorKind.InvalidArgument, name, description);

    public static GcpException OutFileFailed(string path, string why) => Make(nameof(Strings.OutFileFailed), GcpErrorKind.InvalidData, path, why);
}
