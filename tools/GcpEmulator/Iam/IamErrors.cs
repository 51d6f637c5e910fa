using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Iam;

/// <summary>What IAM Credentials answers when it refuses: code, message, status and details, without the older APIs' errors[].</summary>
internal static class IamErrors
{
    /// <summary>The whole body as in google-github-actions/auth#340.</summary>
    public static Reply Denied(string permission) => Create(
        403,
        $"Permission '{permission}' denied on resource (or it may not exist).",
        "PERMISSION_DENIED",
        new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = "IAM_PERMISSION_DENIED",
            ["domain"] = "iam.googleapis.com",
            ["metadata"] = new JsonObject { ["permission"] = permission },
        });

    /// <summary>Text as public reports of impersonating an account that is not there have it.</summary>
    public static Reply AccountNotFound(string email) => Create(404, "Not found; Gaia id not found for email " + email, "NOT_FOUND");

    public static Reply Invalid(string message) => Create(400, message, "INVALID_ARGUMENT");

    private static Reply Create(int code, string message, string status, params JsonNode[] details)
    {
        JsonObject error = new() { ["code"] = code, ["message"] = message, ["status"] = status };
        if (details.Length > 0)
        {
            error["details"] = new JsonArray(details);
        }

        return Reply.Json(ErrorBody.Serialize(new JsonObject { ["error"] = error }), code);
    }
}
