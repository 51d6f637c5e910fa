using System.Globalization;
using System.Text;
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

    public static GcpException TransferJobNotStarted(string name, string project, GcpException why)
    {
        GcpException failure = Make(nameof(Strings.TransferJobNotStarted), why.Kind, why, name, project, why.Message);
        failure.StatusCode = why.StatusCode;
        failure.Reason = why.Reason;
        failure.RequestUri = why.RequestUri;
        return failure;
    }

    public static GcpException TransferNeverRan(string name) => Make(nameof(Strings.TransferNeverRan), GcpErrorKind.InvalidState, name);

    public static GcpException TransferTimedOut(string name, int seconds, string project) =>
        Make(nameof(Strings.TransferTimedOut), GcpErrorKind.Timeout, name, seconds, project);

    public static GcpException TransferAborted(string name) => Make(nameof(Strings.TransferAborted), GcpErrorKind.InvalidState, name);

    /// <summary>A run that ended and did not do all it should; its kind follows Google's code where there is one.</summary>
    public static GcpException TransferFailed(string name, GcsTransferOperation operation)
    {
        StringBuilder what = new();
        if (operation.FailureMessage is { Length: > 0 } message)
        {
            what.Append(message);
        }

        foreach (GcsTransferError error in operation.Errors)
        {
            what.Append(what.Length == 0 ? string.Empty : "; ").Append(error);
            foreach (GcsTransferErrorSample sample in error.Samples)
            {
                what.Append(' ').Append(sample);
            }
        }

        if (what.Length == 0)
        {
            what.Append(operation.Status);
        }

        string failed = operation.ObjectsFailed.ToString(CultureInfo.CurrentCulture);
        string? code = operation.Errors.Count == 1 ? operation.Errors[0].Code : null;
        GcpErrorKind kind = code switch
        {
            "PERMISSION_DENIED" or "UNAUTHENTICATED" => GcpErrorKind.Permission,
            "NOT_FOUND" => GcpErrorKind.NotFound,
            "RESOURCE_EXHAUSTED" => GcpErrorKind.Limit,
            "UNAVAILABLE" or "INTERNAL" => GcpErrorKind.Unavailable,
            _ => GcpErrorKind.InvalidState,
        };
        GcpException failure = Make(nameof(Strings.TransferFailed), kind, name, failed, what.ToString());
        failure.Reason = code;
        return failure;
    }
}
