using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Auth;

/// <summary>
/// An assertion signed with a service account key, for an access token (claim scope) or an identity token (claim
/// target_audience). Checks and texts: "Using OAuth 2.0 for Server to Server Applications", sections "JWT error codes".
/// </summary>
internal sealed class JwtBearerGrant(CloudState state, GoogleKey google, TimeProvider clock, Uri ownAddress)
{
    private const string ReasonableTimeframe = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
        + "Check your iat and exp values in the JWT claim.";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5); // ASSUMED: how far the sender's clock may be off

    public Reply Answer(string? assertion)
    {
        if (assertion is null)
        {
            return TokenEndpoint.Error("invalid_request", "Missing required parameter: assertion");
        }

        // This text for what is not a JWT at all, and the ones for absent claims: captures of Google's answers that other public
        // emulators of this endpoint quote.
        if (Jwt.Parse(assertion) is not Jwt jwt)
        {
            return Invalid("Invalid JWT Signature.");
        }

        if (jwt.Claim("iss") is not string issuer)
        {
            return Invalid("Invalid email or User ID.");
        }

        // Deleted and disabled accounts look the same from here.
        if (state.ServiceAccounts.Find(issuer) is not { Disabled: false } account)
        {
            return Invalid("Invalid grant: account not found");
        }

        if (!account.Signed(jwt))
        {
            return Invalid("Invalid JWT Signature.");
        }

        string own = ownAddress.GetLeftPart(UriPartial.Authority) + "/token";
        string? audience = jwt.Claim("aud");
        if (audience != "https://oauth2.googleapis.com/token" && audience != "https://www.googleapis.com/oauth2/v4/token" && audience != own)
        {
            return Invalid("Invalid JWT: Failed audience check.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (jwt.Time("iat") is not DateTimeOffset start)
        {
            return Invalid("Invalid JWT: iat (issued at) is not set.");
        }

        if (jwt.Time("exp") is not DateTimeOffset end)
        {
            return Invalid("Invalid JWT: exp (expiration time) is not set.");
        }

        if (start > now + Skew || end < now - Skew || end - start > TimeSpan.FromHours(1) || end <= start)
        {
            return Invalid(ReasonableTimeframe);
        }

        if (jwt.Claim("sub") is string subject && subject != issuer && !state.Impersonations.MayStandInFor(issuer, subject))
        {
            return TokenEndpoint.Error("unauthorized_client",
                "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.", 401);
        }

        return Grant(jwt, account, now);
    }

    private Reply Grant(Jwt jwt, ServiceAccount account, DateTimeOffset now)
    {
        if (jwt.Claim("target_audience") is { Length: > 0 } target)
        {
            string token = google.Sign(IdentityClaims.Standard(account, target, now, withEmail: true));
            return Reply.Json(ErrorBody.Serialize(new JsonObject { ["id_token"] = token }));
        }

        string[] scopes = jwt.Claim("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (scopes.Length == 0 || !scopes.All(IsScope))
        {
            return TokenEndpoint.Error("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }

        IssuedToken issued = state.Tokens.Issue(jwt.Claim("sub") ?? account.Email, scopes, TokenSource.JwtBearer);
        return Reply.Json(ErrorBody.Serialize(new JsonObject
        {
            ["access_token"] = issued.Value,
            ["expires_in"] = state.Tokens.SecondsLeft(issued),
            ["token_type"] = "Bearer",
        }));
    }

    private static bool IsScope(string scope) =>
        scope is "openid" or "email" or "profile"
        || (scope.StartsWith("https://", StringComparison.Ordinal) && Uri.IsWellFormedUriString(scope, UriKind.Absolute));

    private static Reply Invalid(string description) => TokenEndpoint.Error("invalid_grant", description);
}
