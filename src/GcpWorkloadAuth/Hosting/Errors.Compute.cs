using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Compute Engine: instances and operations.</content>
internal static partial class Errors
{
    public static GcpException AmbiguousName(string name, string places) =>
        Make(nameof(Strings.AmbiguousName), GcpErrorKind.Ambiguous, name, places);

    public static GcpException DeletionProtected(string name) => Make(nameof(Strings.DeletionProtected), GcpErrorKind.InvalidState, name);

    public static GcpException LocalSsdUndecided(string name) => Make(nameof(Strings.LocalSsdUndecided), GcpErrorKind.InvalidState, name);

    public static GcpException InstanceNotReady(string name, string description) =>
        Make(nameof(Strings.InstanceNotReady), GcpErrorKind.InvalidState, name, description);

    public static GcpException InstanceWrongState(string name, string description) =>
        Make(nameof(Strings.InstanceWrongState), GcpErrorKind.InvalidState, name, description);

    public static GcpException InstanceExists(string name, string description) =>
        Make(nameof(Strings.InstanceExists), GcpErrorKind.Conflict, name, description);

    public static GcpException ResourceInUse(string name, string description) =>
        Make(nameof(Strings.ResourceInUse), GcpErrorKind.InvalidState, name, description);

    public static GcpException ServiceAccountActAsDenied(string name, string description) =>
        Make(nameof(Strings.ServiceAccountActAsDenied), GcpErrorKind.Permission, name, description);

    public static GcpException FingerprintConflict(string name, string description) =>
        Make(nameof(Strings.FingerprintConflict), GcpErrorKind.Conflict, name, description);

    public static GcpException InstanceInGroup(string name, string group) =>
        Make(nameof(Strings.InstanceInGroup), GcpErrorKind.InvalidState, name, group);

    public static GcpException InstanceMustBeStopped(string name) =>
        Make(nameof(Strings.InstanceMustBeStopped), GcpErrorKind.InvalidState, name);

    public static GcpException GuestAttributeNotFound(string path, string name) =>
        Make(nameof(Strings.GuestAttributeNotFound), GcpErrorKind.NotFound, path, name);

    public static GcpException InstanceGuestAttributesDisabled(string name) =>
        Make(nameof(Strings.InstanceGuestAttributesDisabled), GcpErrorKind.InvalidState, name);

    public static GcpException WindowsPasswordRefused(string user, string why) =>
        Make(nameof(Strings.WindowsPasswordRefused), GcpErrorKind.Unavailable, user, why);

    public static GcpException WindowsPasswordTimedOut(string name, int seconds) =>
        Make(nameof(Strings.WindowsPasswordTimedOut), GcpErrorKind.Timeout, name, seconds);

    public static GcpException NoZone() => Make(nameof(Strings.NoZone), GcpErrorKind.InvalidArgument);

    public static GcpException StartupScriptUnreadable(string path, string why) =>
        Make(nameof(Strings.StartupScriptUnreadable), GcpErrorKind.FileRead, path, why);

    public static GcpException OperationNotFound(string operation, string place) =>
        Make(nameof(Strings.OperationNotFound), GcpErrorKind.NotFound, operation, place);

    public static GcpException OperationVanished(string target, string operation) =>
        Make(nameof(Strings.OperationVanished), GcpErrorKind.Unavailable, target, operation);

    public static GcpException OperationNameInvalid(string operation) =>
        Make(nameof(Strings.OperationNameInvalid), GcpErrorKind.InvalidArgument, operation);

    public static GcpException OperationTimedOut(string target, string type, int seconds, string command) =>
        Make(nameof(Strings.OperationTimedOut), GcpErrorKind.Timeout, target, type, seconds, command);

    public static GcpException InstanceWaitTimedOut(string name, string wanted, int seconds, string status) =>
        Make(nameof(Strings.InstanceWaitTimedOut), GcpErrorKind.Timeout, name, wanted, seconds, status);

    public static GcpException OperationFailed(GcpErrorKind kind, string target, string type, string code, string description) =>
        Make(nameof(Strings.OperationFailed), kind, target, type, code, description);

    public static GcpException OperationQuotaExceeded(string target, string type, string code, string description) =>
        Make(nameof(Strings.OperationQuotaExceeded), GcpErrorKind.Limit, target, type, code, description);

    public static GcpException OperationPoolExhausted(string target, string type, string code, string description) =>
        Make(nameof(Strings.OperationPoolExhausted), GcpErrorKind.Unavailable, target, type, code, description);

    public static GcpException OperationResourceInUse(string target, string type, string code, string description) =>
        Make(nameof(Strings.OperationResourceInUse), GcpErrorKind.InvalidState, target, type, code, description);
}
