using System.Management.Automation;

namespace GcpWorkloadAuth.Hosting;

/// <summary>The one place where a failure becomes an ErrorRecord.</summary>
internal static class ErrorRecords
{
    /// <summary>Id, category, target and advice of a failure.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="target">The input it happened to.</param>
    public static ErrorRecord From(GcpException failure, object? target)
    {
        // The console's short view shows the message alone: the advice is part of it, and on its own in RecommendedAction.
        string message = failure.Advice.Length == 0 ? failure.Message : failure.Message + " " + failure.Advice;
        return new ErrorRecord(failure, failure.ErrorId, CategoryOf(failure.Kind), target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = failure.Advice },
        };
    }

    private static ErrorCategory CategoryOf(GcpErrorKind kind) => kind switch
    {
        GcpErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        GcpErrorKind.InvalidData => ErrorCategory.InvalidData,
        GcpErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        GcpErrorKind.Ambiguous => ErrorCategory.InvalidArgument,
        GcpErrorKind.Authentication => ErrorCategory.AuthenticationError,
        GcpErrorKind.Permission => ErrorCategory.PermissionDenied,
        GcpErrorKind.Security => ErrorCategory.SecurityError,
        GcpErrorKind.Connection => ErrorCategory.ConnectionError,
        GcpErrorKind.Timeout => ErrorCategory.OperationTimeout,
        GcpErrorKind.Limit => ErrorCategory.LimitsExceeded,
        GcpErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        GcpErrorKind.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
