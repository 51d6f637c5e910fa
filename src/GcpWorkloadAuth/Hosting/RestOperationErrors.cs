using System.Collections.Generic;
using System.Globalization;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Why an operation failed: google.rpc.Status {code,message,details} or the list of Compute Engine {errors:[{code,message}]} with
/// httpErrorStatusCode beside it. Source of the codes: google/rpc/code.proto.
/// </summary>
internal static class RestOperationErrors
{
    private static readonly string[] s_codes =
    {
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    };

    public static IReadOnlyList<GcpException> Of(Dictionary<string, object?> operation, string name)
    {
        List<GcpException> result = new();
        int? status = Value(operation, "httpErrorStatusCode") is long number ? (int)number : null;
        if (Value(operation, "error") is not Dictionary<string, object?> error)
        {
            if (status >= 400)
            {
                result.Add(Make(name, Value(operation, "httpErrorMessage") as string, null, status));
            }

            return result;
        }

        if (Value(error, "errors") is List<object?> { Count: > 0 } many)
        {
            foreach (object? item in many)
            {
                Dictionary<string, object?> one = item as Dictionary<string, object?> ?? new Dictionary<string, object?>();
                result.Add(Make(name, Value(one, "message") as string, Value(one, "code") as string, status));
            }
        }
        else
        {
            result.Add(Make(name, Value(error, "message") as string, ReasonOf(error) ?? CodeOf(error), status, CodeOf(error)));
        }

        return result;
    }

    private static GcpException Make(string name, string? message, string? reason, int? status, string? code = null)
    {
        GcpException failure = Errors.RestOperationFailed(KindOf(code ?? reason, status), name, message ?? reason ?? "no reason given");
        failure.Reason = reason;
        failure.StatusCode = status;
        return failure;
    }

    private static string? CodeOf(Dictionary<string, object?> error) => Value(error, "code") switch
    {
        long code and >= 0 when code < s_codes.Length => s_codes[code],
        long code => code.ToString(CultureInfo.InvariantCulture),
        string code => code,
        _ => null,
    };

    // google.rpc.ErrorInfo says it more exactly than the code.
    private static string? ReasonOf(Dictionary<string, object?> error)
    {
        foreach (object? item in Value(error, "details") as List<object?> ?? new List<object?>())
        {
            if (item is Dictionary<string, object?> detail && Value(detail, "reason") is string reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static GcpErrorKind KindOf(string? code, int? status) => (code, status) switch
    {
        ("NOT_FOUND" or "RESOURCE_NOT_FOUND", _) or (_, 404) => GcpErrorKind.NotFound,
        ("PERMISSION_DENIED" or "PERMISSIONS_ERROR", _) or (_, 403) => GcpErrorKind.Permission,
        ("RESOURCE_EXHAUSTED" or "QUOTA_EXCEEDED", _) or (_, 429) => GcpErrorKind.Limit,
        ("UNAUTHENTICATED", _) or (_, 401) => GcpErrorKind.Authentication,
        ("DEADLINE_EXCEEDED", _) => GcpErrorKind.Timeout,
        ("UNIMPLEMENTED", _) or (_, 501) => GcpErrorKind.NotSupported,
        ("INVALID_ARGUMENT" or "ALREADY_EXISTS" or "RESOURCE_ALREADY_EXISTS" or "FAILED_PRECONDITION" or "OUT_OF_RANGE", _)
            or (_, 400 or 409 or 412) => GcpErrorKind.InvalidArgument,
        _ => GcpErrorKind.Unavailable,
    };

    private static object? Value(Dictionary<string, object?> members, string name) =>
        members.TryGetValue(name, out object? value) ? value : null;
}
