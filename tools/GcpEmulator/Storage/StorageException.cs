using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>A refusal, from wherever it is found.</summary>
internal sealed class StorageException(Reply reply) : Exception
{
    public Reply Reply => reply;

    public static StorageException Invalid(string message) => new(GoogleErrors.Invalid(message));

    public static StorageException Create(int status, string message, string reason) =>
        new(Reply.Json(GoogleErrors.Create(status, message, reason), status));

    /// <summary>Text and location: as client libraries' issues show it; reason: "HTTP status and error codes for JSON".</summary>
    public static StorageException ConditionNotMet(string header = "If-Match") => new(Reply.Json(
        ErrorBody.Create(412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet").At(header, "header").ToString(), 412));

    public static StorageException NoBucket() => new(GoogleErrors.NotFound(BucketsApi.Missing));

    /// <summary>Text: googleapis/google-cloud-python and many other public reports.</summary>
    public static StorageException NoObject(string bucket, string name) => new(GoogleErrors.NotFound($"No such object: {bucket}/{name}"));
}
