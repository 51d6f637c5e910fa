using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Auth;
using GcpEmulator.Http;

namespace GcpEmulator.Iam;

/// <summary>
/// IAM Service Account Credentials v1: generateAccessToken, generateIdToken, signBlob. Requests, answers and limits: its discovery
/// document and "Create short-lived credentials for a service account" (IAM documentation).
/// </summary>
internal sealed class IamCredentialsApi(CloudState state, BearerCheck bearer, GoogleKey google, TimeProvider clock)
{
    private const string Service = "iamcredentials.googleapis.com";
    private const string NamePrefix = "projects/-/serviceAccounts/";

    // cloud-platform is the discovery document's; Google's own libraries ask for .../auth/iam.
    private static readonly string[] s_scopes = [Scopes.CloudPlatform, "https://www.googleapis.com/auth/iam"];

    /// <param name="request">The request.</param>
    /// <param name="action">The last part of the path, "EMAIL:method".</param>
    public Reply Handle(EmulatedRequest request, string action)
    {
        int colon = action.LastIndexOf(':');
        (string email, string method) = colon < 0 ? (action, string.Empty) : (action[..colon], action[(colon + 1)..]);
        string? permission = method switch
        {
            "generateAccessToken" => "iam.serviceAccounts.getAccessToken",
            "generateIdToken" => "iam.serviceAccounts.getOpenIdToken",
            "signBlob" => "iam.serviceAccounts.signBlob",
            _ => null,
        };
        if (permission is null || request.Method != "POST")
        {
            return GoogleErrors.NotFound("The emulator does not serve " + request.Path);
        }

        if (bearer.Check(request, Service, "google.iam.credentials.v1.IAMCredentials." + method, s_scopes) is Reply refusal)
        {
            return refusal;
        }

        if (Body(request) is not JsonObject body)
        {
            return IamErrors.Invalid("Invalid JSON payload received.");
        }

        if (Target(email) is not { } target)
        {
            return IamErrors.AccountNotFound(email);
        }

        return Chain(Caller(request), body, target)
            ? Answer(method, body, target)
            : IamErrors.Denied(permission);
    }

    private Reply Answer(string method, JsonObject body, ServiceAccount target) => method switch
    {
        "generateAccessToken" => AccessToken(body, target),
        "generateIdToken" => IdToken(body, target),
        _ => SignBlob(body, target),
    };

    private Reply AccessToken(JsonObject body, ServiceAccount target)
    {
        string[] scopes = Strings(body["scope"]);
        if (scopes.Length == 0)
        {
            return IamErrors.Invalid("Request contains an invalid argument."); // ASSUMED: the text; scope is marked as required
        }

        TimeSpan lifetime = TimeSpan.FromHours(1);
        if (body["lifetime"] is JsonNode text)
        {
            if (!TryDuration(text.ToString(), out lifetime))
            {
                return IamErrors.Invalid("Invalid value at 'lifetime' (type.googleapis.com/google.protobuf.Duration)");
            }

            TimeSpan longest = TimeSpan.FromHours(state.Impersonations.MayLiveLong(target.Email) ? 12 : 1);
            if (lifetime <= TimeSpan.Zero || lifetime > longest)
            {
                // ASSUMED: the text. The limits are the documentation's.
                return IamErrors.Invalid("The token lifetime must be positive and at most " + (int)longest.TotalSeconds + "s.");
            }
        }

        IssuedToken token = state.Tokens.Issue(target.Email, scopes, TokenSource.Impersonation, lifetime);
        return Json(new JsonObject
        {
            ["accessToken"] = token.Value,
            ["expireTime"] = token.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        });
    }

    private Reply IdToken(JsonObject body, ServiceAccount target)
    {
        if (body["audience"]?.ToString() is not { Length: > 0 } audience)
        {
            return IamErrors.Invalid("Request contains an invalid argument."); // ASSUMED: the text; audience is marked as required
        }

        bool withEmail = body["includeEmail"] is JsonValue flag && flag.TryGetValue(out bool value) && value;
        return Json(new JsonObject { ["token"] = google.Sign(IdentityClaims.Standard(target, audience, clock.GetUtcNow(), withEmail)) });
    }

    private static Reply SignBlob(JsonObject body, ServiceAccount target)
    {
        byte[] payload;
        try
        {
            payload = Convert.FromBase64String(body["payload"]?.ToString() ?? string.Empty);
        }
        catch (FormatException)
        {
            return IamErrors.Invalid("Invalid value at 'payload' (TYPE_BYTES), Base64 decoding failed");
        }

        if (payload.Length == 0)
        {
            return IamErrors.Invalid("Request contains an invalid argument."); // ASSUMED: the text; payload is marked as required
        }

        (string keyId, byte[] signature) = target.SignWithSystemKey(payload);
        return Json(new JsonObject { ["keyId"] = keyId, ["signedBlob"] = Convert.ToBase64String(signature) });
    }

    /// <summary>"Each service account must be granted the role on its next service account in the chain."</summary>
    private bool Chain(string? caller, JsonObject body, ServiceAccount target)
    {
        string? current = caller;
        foreach (string name in Strings(body["delegates"]))
        {
            string next = name.StartsWith(NamePrefix, StringComparison.Ordinal) ? name[NamePrefix.Length..] : string.Empty;
            if (current is null || Target(next) is not { } account || !state.Impersonations.May(current, account.Email))
            {
                return false;
            }

            current = account.Email;
        }

        return current is not null && state.Impersonations.May(current, target.Email);
    }

    private ServiceAccount? Target(string emailOrId) =>
        (state.ServiceAccounts.Find(emailOrId) ?? state.ServiceAccounts.All.FirstOrDefault(a => a.UniqueId == emailOrId))
        is { Disabled: false } account ? account : null;

    private string? Caller(EmulatedRequest request)
    {
        string token = request.Header("Authorization")?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Last() ?? string.Empty;
        return state.Tokens.Find(token)?.Account ?? Jwt.Parse(token)?.Claim("iss");
    }

    private static JsonObject? Body(EmulatedRequest request)
    {
        try
        {
            return request.Body.IsEmpty ? [] : JsonNode.Parse(Encoding.UTF8.GetString(request.Body.Span)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] Strings(JsonNode? node) => node is JsonArray list ? [.. list.Select(i => i?.ToString() ?? string.Empty)] : [];

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        bool isDuration = double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && text.EndsWith('s') && Math.Abs(seconds) < 1e9;
        duration = TimeSpan.FromSeconds(isDuration ? seconds : 0);
        return isDuration;
    }

    private static Reply Json(JsonObject body) => Reply.Json(ErrorBody.Serialize(body));
}
