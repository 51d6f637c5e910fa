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
        // PowerShell 7 shows the RecommendedAction below the message; Windows PowerShell shows the message alone.
        string message = EngineHost.IsNetFramework ? failure.Message + " " + failure.Advice : failure.Message;
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
        GcpErrorKind.Conflict => ErrorCategory.ResourceExists,
        GcpErrorKind.InvalidState => ErrorCategory.InvalidOperation,
        GcpErrorKind.FileRead => ErrorCategory.ReadError,
        GcpErrorKind.FileWrite => ErrorCategory.WriteError,
        _ => ErrorCategory.NotSpecified,
    };
}
