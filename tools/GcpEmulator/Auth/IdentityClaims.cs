using System.Text.Json.Nodes;

namespace GcpEmulator.Auth;

/// <summary>What identity tokens say. Claims: "Verify VM identity" (Compute Engine) and "OpenID Connect" (Google Identity) documentation.</summary>
internal static class IdentityClaims
{
    public const string Issuer = "https://accounts.google.com";

    public static JsonObject Standard(ServiceAccount account, string audience, DateTimeOffset now, bool withEmail)
    {
        JsonObject claims = new() { ["aud"] = audience, ["azp"] = account.UniqueId };
        if (withEmail)
        {
            claims["email"] = account.Email;
            claims["email_verified"] = true;
        }

        claims["exp"] = now.ToUnixTimeSeconds() + 3600;
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["iss"] = Issuer;
        claims["sub"] = account.UniqueId;
        return claims;
    }

    public static JsonObject ForUser(EmulatedUser user, DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["azp"] = user.ClientId,
        ["aud"] = user.ClientId,
        ["sub"] = StableNumbers.Digits(user.Email, 21),
        ["email"] = user.Email,
        ["email_verified"] = true,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 3600,
    };
}
