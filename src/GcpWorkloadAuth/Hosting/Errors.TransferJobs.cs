using System;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Hosting;

/// <content>Jobs of the Storage Transfer Service.</content>
internal static partial class Errors
{
    public static GcpException TransferJobNameInvalid(string name) =>
        Make(nameof(Strings.TransferJobNameInvalid), GcpErrorKind.InvalidArgument, name);

    public static GcpException TransferPathInvalid(string uri) => Make(nameof(Strings.TransferPathInvalid), GcpErrorKind.InvalidArgument, uri);

    public static GcpException TransferJobNotFound(string name, string project) =>
        Make(nameof(Strings.TransferJobNotFound), GcpErrorKind.NotFound, name, project);

    public static GcpException TransferOperationNotFound(string name) =>
        Make(nameof(Strings.TransferOperationNotFound), GcpErrorKind.NotFound, name);

    public static GcpException TransferJobExists(string name) => Make(nameof(Strings.TransferJobExists), GcpErrorKind.Conflict, name);

    public static GcpException TransferBucketNotFound(string message) =>
        Make(nameof(Strings.TransferBucketNotFound), GcpErrorKind.NotFound, message);

    /// <param name="agent">The service agent, as it is written in an IAM policy.</param>
    /// <param name="message">Google's words.</param>
    public static GcpException TransferAgentDenied(string agent, string message) =>
        Make(nameof(Strings.TransferAgentDenied), GcpErrorKind.Permission, agent, message);

    public static GcpException TransferJobNotStarted(string name, string project, string why, GcpErrorKind kind, Exception? inner) =>
        Make(nameof(Strings.TransferJobNotStarted), kind, inner, name, project, why);

    public static GcpException TransferNeverRan(string name) => Make(nameof(Strings.TransferNeverRan), GcpErrorKind.InvalidState, name);

    public static GcpException TransferTimedOut(string name, int seconds, string project) =>
        Make(nameof(Strings.TransferTimedOut), GcpErrorKind.Timeout, name, seconds, project);

    public static GcpException TransferAborted(string name) => Make(nameof(Strings.TransferAborted), GcpErrorKind.InvalidState, name);

    public static GcpException TransferFailed(string name, long objects, string what, GcpErrorKind kind) =>
        Make(nameof(Strings.TransferFailed), kind, name, objects, what);
}
