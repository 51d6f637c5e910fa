using System.Text;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Failures of runs of transfer jobs, told with Google's codes and samples.</summary>
internal static class TransferFailures
{
    /// <summary>What a run that ended and did not do all it should is told as; its kind follows Google's code where there is one.</summary>
    public static GcpException Of(string job, GcsTransferOperation operation)
    {
        if (operation.Status == "ABORTED")
        {
            return Errors.TransferAborted(job);
        }

        string? code = operation.Errors.Count == 1 ? operation.Errors[0].Code : null;
        GcpErrorKind kind = code switch
        {
            "PERMISSION_DENIED" or "UNAUTHENTICATED" => GcpErrorKind.Permission,
            "NOT_FOUND" => GcpErrorKind.NotFound,
            "RESOURCE_EXHAUSTED" => GcpErrorKind.Limit,
            "UNAVAILABLE" or "INTERNAL" => GcpErrorKind.Unavailable,
            _ => GcpErrorKind.InvalidState,
        };
        GcpException failure = Errors.TransferFailed(job, operation.ObjectsFailed, Describe(operation), kind);
        failure.Reason = code;
        return failure;
    }

    private static string Describe(GcsTransferOperation operation)
    {
        StringBuilder text = new(operation.FailureMessage);
        foreach (GcsTransferError error in operation.Errors)
        {
            text.Append(text.Length == 0 ? string.Empty : "; ").Append(error);
            foreach (GcsTransferErrorSample sample in error.Samples)
            {
                text.Append(' ').Append(sample);
            }
        }

        return text.Length > 0 ? text.ToString() : operation.Status ?? "?";
    }
}
