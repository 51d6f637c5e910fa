using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Hosting;

/// <summary>What the errors of an operation mean. Google's own code is the failure's Reason.</summary>
internal static class OperationFailures
{
    /// <summary>One failure for each error of an operation that is done; none where it ended well.</summary>
    public static IReadOnlyList<GcpException> Of(GceOperation operation)
    {
        if (!operation.Failed)
        {
            return Array.Empty<GcpException>();
        }

        string target = operation.TargetName ?? operation.Name;
        List<GcpException> failures = new();
        foreach (GceOperationMessage error in operation.Errors)
        {
            failures.Add(Make(operation, target, error.Code, error.Message));
        }

        if (failures.Count == 0)
        {
            failures.Add(Make(operation, target, operation.HttpErrorMessage ?? "?", operation.StatusMessage ?? "no reason given"));
        }

        return failures;
    }

    /// <summary>True where somebody else's change came between reading a fingerprint and using it.</summary>
    public static bool IsConflict(GcpException failure) =>
        failure.ErrorId == nameof(Resources.Strings.FingerprintConflict) || failure.Reason is "CONDITION_NOT_MET" or "conditionNotMet";

    private static GcpException Make(GceOperation operation, string target, string code, string text)
    {
        string type = operation.OperationType;
        GcpException failure = code switch
        {
            "QUOTA_EXCEEDED" or "LIMIT_EXCEEDED" => Errors.OperationQuotaExceeded(target, type, code, text),
            "RESOURCE_IN_USE" or "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE" => Errors.OperationResourceInUse(target, type, code, text),
            "SERVICE_ACCOUNT_ACCESS_DENIED" => Errors.ServiceAccountActAsDenied(target, text),
            _ when IsExhausted(code) => Errors.OperationPoolExhausted(target, type, code, text),
            _ => Errors.OperationFailed(KindOf(code, operation.HttpErrorStatusCode), target, type, code, text),
        };
        failure.Reason = code;
        failure.StatusCode = operation.HttpErrorStatusCode;
        return failure;
    }

    private static bool IsExhausted(string code) =>
        code.StartsWith("ZONE_RESOURCE_POOL_EXHAUSTED", StringComparison.Ordinal)
        || code is "RESOURCE_POOL_EXHAUSTED" or "REGION_RESOURCE_POOL_EXHAUSTED" or "STOCKOUT";

    private static GcpErrorKind KindOf(string code, int? status) => (code, status) switch
    {
        ("RESOURCE_NOT_FOUND" or "NOT_FOUND", _) or (_, 404) => GcpErrorKind.NotFound,
        ("PERMISSIONS_ERROR" or "PERMISSION_DENIED", _) or (_, 403) => GcpErrorKind.Permission,
        ("RESOURCE_ALREADY_EXISTS" or "CONDITION_NOT_MET", _) or (_, 409 or 412) => GcpErrorKind.Conflict,
        ("RESOURCE_NOT_READY" or "RESOURCE_OPERATION_RATE_EXCEEDED", _) => GcpErrorKind.InvalidState,
        (_, 400) => GcpErrorKind.InvalidArgument,
        _ => GcpErrorKind.Unavailable,
    };
}
