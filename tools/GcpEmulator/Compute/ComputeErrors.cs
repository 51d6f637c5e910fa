using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>What Compute Engine answers when it refuses, ready to be thrown.</summary>
internal static class ComputeErrors
{
    public static Refusal NotFound(string resource) => new(GoogleErrors.NotFound($"The resource '{resource}' was not found"));

    public static Refusal Exists(string resource) =>
        Create(409, $"The resource '{resource}' already exists", "alreadyExists");

    public static Refusal InvalidValue(string field, string value, string why) =>
        new(GoogleErrors.Invalid($"Invalid value for field '{field}': '{value}'. {why}"));

    /// <summary>Text as in googleapis/google-api-python-client#485, reason as in the API's errors reference.</summary>
    public static Refusal NotReady(string resource) => Create(400, $"The resource '{resource}' is not ready", "resourceNotReady");

    /// <summary>Shape as in hashicorp/terraform-provider-google#1211 and #7101.</summary>
    public static Refusal InvalidUsage(string why) => Create(400, $"Invalid resource usage: '{why}'.", "invalidResourceUsage");

    public static Refusal InUse(string what, string by) =>
        Create(400, $"The {what} is already being used by '{by}'", "resourceInUseByAnotherResource");

    /// <summary>"You must always provide an up-to-date fingerprint hash ... otherwise the request will fail with error 412 conditionNotMet".</summary>
    public static Refusal Conflict(string message) => new(Reply.Json(GoogleErrors.ConditionNotMet(message), 412));

    public static Refusal Create(int status, string message, string reason) =>
        new(Reply.Json(GoogleErrors.Create(status, message, reason), status));
}
