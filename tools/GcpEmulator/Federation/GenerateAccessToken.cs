using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Federation;

/// <summary>
/// POST /v1/projects/-/serviceAccounts/EMAIL:generateAccessToken of the IAM Credentials API (its reference, "Method:
/// projects.serviceAccounts.generateAccessToken").
/// </summary>
internal sealed class GenerateAccessToken(CloudState state, TimeProvider clock)
{
    private const string Method = ":generateAccessToken";

    public Reply? Handle(EmulatedRequest request)
    {
        if (request.Method != "POST" || request.Segments is not ["v1", "projects", "-", "serviceAccounts", string last]
            || !last.EndsWith(Method, StringComparison.Ordinal))
        {
            return null;
        }

        string? bearer = request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : null;
        if (bearer is null || !state.Tokens.IsGood(bearer))
        {
            return GoogleErrors.Unauthenticated("iamcredentials.googleapis.com", "google.iam.credentials.v1.IAMCredentials.GenerateAccessToken", bearer is null);
        }

        string email = last[..^Method.Length];
        return state.ServiceAccounts.Find(email) is null || state.Federation.DeniedAccounts.ContainsKey(email) ? Denied() : Answer(request, email);
    }

    private Reply Answer(EmulatedRequest request, string email)
    {
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(request.Body.Span);
        }
        catch (JsonException)
        {
            return Invalid("Invalid JSON payload received.");
        }

        string[] scopes = body?["scope"] is JsonArray list ? [.. list.Select(s => s!.ToString())] : [];
        if (scopes.Length == 0)
        {
            return Invalid("Request contains an invalid argument.");
        }

        string lifetime = body!["lifetime"]?.ToString() ?? "3600s";
        if (!int.TryParse(lifetime.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds is < 1 or > 43200)
        {
            return Invalid("Request contains an invalid argument.");
        }

        IssuedToken token = state.Tokens.Issue(email, scopes, TokenSource.Federation, TimeSpan.FromSeconds(seconds));
        return Reply.Json(ErrorBody.Serialize(new JsonObject
        {
            ["accessToken"] = token.Value,
            ["expireTime"] = (clock.GetUtcNow() + TimeSpan.FromSeconds(seconds)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        }));
    }

    // The text and the detail as public issues of google-github-actions/auth quote them.
    private static Reply Denied() => Reply.Json(
        ErrorBody.Create(403, "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).", "forbidden")
            .Status("PERMISSION_DENIED")
            .ErrorInfo("IAM_PERMISSION_DENIED", ("permission", "iam.serviceAccounts.getAccessToken"))
            .ToString(),
        403);

    private static Reply Invalid(string message) => Reply.Json(ErrorBody.Create(400, message, "badRequest").Status("INVALID_ARGUMENT").ToString(), 400);
}
