using GcpEmulator.Http;

namespace GcpEmulator;

/// <content>What Storage and Compute answer to a request without a usable credential.</content>
public static partial class GoogleErrors
{
    // "Expected OAuth 2 access token ..." and the errors[] items: reactmore/morelab#17 and Atrejoe/Inky-Calendar-Server#99.
    private const string Expected = "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
        + "See https://developers.google.com/identity/sign-in/web/devconsole-project.";

    private const string Realm = "Bearer realm=\"https://accounts.google.com/\"";

    internal static string StorageInvalidCredentials() =>
        ErrorBody.Create(401, "Invalid Credentials", "authError").At("Authorization", "header").ToString();

    internal static Reply Unauthenticated(string service, string method, bool missing)
    {
        string body;
        if (service == "storage.googleapis.com")
        {
            // Anonymous callers are known to Storage by that name; text as many public reports have it.
            string resource = method == "storage.buckets.list" ? "project" : "bucket";
            body = missing
                ? ErrorBody.Create(401, StorageDenial("Anonymous caller", method, resource), "required")
                    .At("Authorization", "header").ToString()
                : StorageInvalidCredentials();
        }
        else if (missing)
        {
            body = ErrorBody
                .Create(401, "Request is missing required authentication credential. " + Expected, "required", itemMessage: "Login Required.")
                .At("Authorization", "header").Status("UNAUTHENTICATED")
                .ErrorInfo("CREDENTIALS_MISSING", ("service", service), ("method", method)).ToString();
        }
        else
        {
            body = ErrorBody
                .Create(401, "Request had invalid authentication credentials. " + Expected, "authError", itemMessage: "Invalid Credentials")
                .At("Authorization", "header").Status("UNAUTHENTICATED").ToString();
        }

        // RFC 6750, 3: no error code where no credential was sent.
        return Reply.Json(body, 401).With("WWW-Authenticate", missing ? Realm : Realm + ", error=\"invalid_token\"");
    }

    internal static Reply ScopesReply(string service, string method, IEnumerable<string> accepted) =>
        Reply.Json(service == "storage.googleapis.com" ? StorageScopesNotAuthorized() : InsufficientScopes(service, method), 403)
            .With("WWW-Authenticate", $"{Realm}, error=\"insufficient_scope\", scope=\"{string.Join(' ', accepted)}\"");

    internal static Reply NotFound(string message) => Reply.Json(Create(404, message, "notFound"), 404);

    internal static Reply Invalid(string message) => Reply.Json(Create(400, message, "invalid"), 400);

    internal static Reply InvalidParameter(string message, string parameter) =>
        Reply.Json(ErrorBody.Create(400, message, "invalidParameter").At(parameter, "parameter").ToString(), 400);

    internal static Reply Required(string parameter) =>
        Reply.Json(ErrorBody.Create(400, "Required parameter: " + parameter, "required").At(parameter, "parameter").ToString(), 400);
}
