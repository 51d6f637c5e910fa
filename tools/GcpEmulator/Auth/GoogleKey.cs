using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Auth;

/// <summary>
/// The key that identity tokens are signed with, made at first use (an RSA key takes a while to make), and its public half as
/// https://www.googleapis.com/oauth2/v3/certs shows it.
/// </summary>
internal sealed class GoogleKey
{
    private readonly Lazy<RSA> _key = new(static () => RSA.Create(2048));
    private readonly string _keyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    public string Sign(JsonObject claims) => Jwt.Sign(claims, _keyId, _key.Value);

    public Reply PublicKeys()
    {
        RSAParameters key = _key.Value.ExportParameters(includePrivateParameters: false);
        JsonObject jwk = new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = _keyId,
            ["n"] = Base64Url.Encode(key.Modulus),
            ["e"] = Base64Url.Encode(key.Exponent),
        };
        return Reply.Json(ErrorBody.Serialize(new JsonObject { ["keys"] = new JsonArray(jwk) }))
            .With("Cache-Control", "public, max-age=3600, must-revalidate, no-transform");
    }
}
