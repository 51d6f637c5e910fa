using System.Text.Json.Nodes;
using GcpEmulator.Http;
using Microsoft.Extensions.Primitives;

namespace GcpEmulator.Auth;

/// <summary>
/// https://oauth2.googleapis.com/token and /revoke, and the public keys. Grants: "Using OAuth 2.0 for Server to Server
/// Applications" (JWT bearer) and "Using OAuth 2.0 for Web Server Applications" (refresh token, revocation).
/// </summary>
internal sealed class TokenEndpoint(CloudState state, GoogleKey google, TimeProvider clock, Func<Uri> ownAddress)
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>The answer, or null if the path is none of the endpoint's.</summary>
    public Reply? Handle(EmulatedRequest request) => (request.Path, request.Method) switch
    {
        ("/token" or "/oauth2/v4/token" or "/o/oauth2/token", "POST") => NoStore(Grant(request)),
        ("/token", _) => Error("invalid_request", "Invalid HTTP method", 405), // ASSUMED: the text
        ("/revoke", _) => Revoke(request),
        ("/tokeninfo", _) => TokenInfo(request),
        ("/oauth2/v3/certs", "GET") => google.PublicKeys(),
        _ => null,
    };

    private Reply Grant(EmulatedRequest request)
    {
        Dictionary<string, StringValues> form = request.Form();
        string? Value(string name) => form.TryGetValue(name, out StringValues value) && value.ToString() is { Length: > 0 } text ? text : null;
        return Value("grant_type") switch
        {
            null => Error("invalid_request", "Missing required parameter: grant_type"),
            JwtBearer => new JwtBearerGrant(state, google, clock, ownAddress()).Answer(Value("assertion")),
            "refresh_token" => Refresh(request, Value),
            string other => Error("unsupported_grant_type", "Invalid grant_type: " + other),
        };
    }

    private Reply Refresh(EmulatedRequest request, Func<string, string?> value)
    {
        string? clientId = value("client_id");
        string? secret = value("client_secret");
        if (clientId is null && TryBasic(request, out string id, out string basicSecret))
        {
            (clientId, secret) = (id, basicSecret); // RFC 6749, 2.3.1
        }

        if (value("refresh_token") is not string refreshToken)
        {
            return Error("invalid_request", "Missing required parameter: refresh_token");
        }

        if (clientId is null)
        {
            return Error("invalid_request", "Could not determine client ID from request.");
        }

        if (!state.Users.KnowsClient(clientId))
        {
            return Error("invalid_client", "The OAuth client was not found.", 401);
        }

        EmulatedUser? user = state.Users.Find(refreshToken);
        if (user is null)
        {
            return Error("invalid_grant", "Bad Request"); // what Google says of a refresh token that it never gave out
        }

        if (user.ClientId != clientId || user.ClientSecret != secret)
        {
            return Error("invalid_client", "Unauthorized", 401);
        }

        switch (user.Problem)
        {
            case UserProblem.Revoked:
                return Error("invalid_grant", "Token has been expired or revoked.");
            case UserProblem.Deleted:
                return Error("invalid_grant", "Account has been deleted"); // ASSUMED: the text
            case UserProblem.ReauthenticationNeeded:
                return Reply.Json(GoogleErrors.InvalidRapt(), 400);
            default:
                IssuedToken token = state.Tokens.Issue(user.Email, Granted(value("scope")), TokenSource.RefreshToken);
                return Reply.Json(ErrorBody.Serialize(new JsonObject
                {
                    ["access_token"] = token.Value,
                    ["expires_in"] = state.Tokens.SecondsLeft(token),
                    ["scope"] = string.Join(' ', token.Scopes),
                    ["token_type"] = "Bearer",
                    ["id_token"] = google.Sign(IdentityClaims.ForUser(user, clock.GetUtcNow())),
                }));
        }
    }

    // gcloud's own sign-in asks for cloud-platform, openid and userinfo.email; a refresh may ask for fewer.
    private static string[] Granted(string? scope) =>
        scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        ?? [Scopes.CloudPlatform, "https://www.googleapis.com/auth/userinfo.email", "openid"];

    private Reply Revoke(EmulatedRequest request)
    {
        string? token = request.Parameter("token")
            ?? (request.Form().TryGetValue("token", out StringValues value) ? value.ToString() : null);
        if (token is not null && state.Users.Find(token) is EmulatedUser user)
        {
            user.Problem = UserProblem.Revoked;
            return Reply.Json("{}\n");
        }

        return token is not null && state.Tokens.Revoke(token) ? Reply.Json("{}\n") : Error("invalid_token", "Token expired or revoked");
    }

    /// <summary>
    /// https://oauth2.googleapis.com/tokeninfo: fields as google-auth libraries read them (getTokenInfo of google-auth-library-nodejs, which
    /// posts a form). A token in the address is answered there too; here it is an error, so that no client of ours does it unseen.
    /// </summary>
    private Reply TokenInfo(EmulatedRequest request)
    {
        if (request.Method != "POST" || request.Has("access_token"))
        {
            return Error("invalid_request", "The emulator takes no token in an address: POST it as a form.", 405);
        }

        string value = request.Form().TryGetValue("access_token", out StringValues sent) ? sent.ToString() : string.Empty;
        if (state.Tokens.Find(value) is not { Source: not TokenSource.Federation } token || !state.Tokens.IsGood(token))
        {
            return Error("invalid_token", "Invalid Value");
        }

        JsonObject info = new()
        {
            ["azp"] = "emulator.apps.googleusercontent.com",
            ["aud"] = "emulator.apps.googleusercontent.com",
            ["scope"] = string.Join(' ', token.Scopes),
            ["exp"] = token.ExpiresAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["expires_in"] = state.Tokens.SecondsLeft(token).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["access_type"] = "online",
        };

        // The address only under a scope that allows it (userinfo.email; ASSUMED: cloud-platform does too).
        if (token.Scopes.Any(scope => scope is Scopes.CloudPlatform or "https://www.googleapis.com/auth/userinfo.email"))
        {
            info["email"] = token.Account;
            info["email_verified"] = "true";
        }

        return Reply.Json(ErrorBody.Serialize(info));
    }

    internal static Reply Error(string error, string description, int status = 400) => Reply.Json(GoogleErrors.OAuth(error, description), status);

    private static bool TryBasic(EmulatedRequest request, out string id, out string secret)
    {
        (id, secret) = (string.Empty, string.Empty);
        if (!System.Net.Http.Headers.AuthenticationHeaderValue.TryParse(request.Header("Authorization"), out var header)
            || header is not { Scheme: "Basic", Parameter: string encoded })
        {
            return false;
        }

        Span<byte> bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out int length)
            || System.Text.Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is not [string user, string password])
        {
            return false;
        }

        (id, secret) = (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        return true;
    }

    // RFC 6749, 5.1: answers that hold a token are not to be stored.
    private static Reply NoStore(Reply reply) => reply
        .With("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
        .With("Pragma", "no-cache");
}
