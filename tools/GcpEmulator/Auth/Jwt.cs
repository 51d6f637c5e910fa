using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator.Auth;

/// <summary>JSON Web Tokens with RS256 (RFC 7515, 7518, 7519): as much of them as Google uses.</summary>
internal sealed class Jwt
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private Jwt(JsonObject header, JsonObject claims, byte[] signed, byte[] signature)
    {
        Header = header;
        Claims = claims;
        _signed = signed;
        _signature = signature;
    }

    public JsonObject Header { get; }

    public JsonObject Claims { get; }

    public string? KeyId => Text(Header, "kid");

    public string? Algorithm => Text(Header, "alg");

    public static string Sign(JsonObject claims, string keyId, RSA key)
    {
        JsonObject header = new() { ["alg"] = "RS256", ["kid"] = keyId, ["typ"] = "JWT" };
        string signed = Part(header) + "." + Part(claims);
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return signed + "." + Base64Url.Encode(signature);
    }

    public static Jwt? Parse(string text)
    {
        if (text.Split('.') is not [string head, string body, string tail]
            || !Base64Url.TryDecode(head, out byte[] header) || !Base64Url.TryDecode(body, out byte[] claims)
            || !Base64Url.TryDecode(tail, out byte[] signature))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(header) is JsonObject h && JsonNode.Parse(claims) is JsonObject c
                ? new Jwt(h, c, Encoding.ASCII.GetBytes(head + "." + body), signature)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool IsSignedBy(RSA key) =>
        Algorithm == "RS256" && key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public string? Claim(string name) => Text(Claims, name);

    /// <summary>A time claim (seconds since 1970), or null if it is missing or not a number.</summary>
    public DateTimeOffset? Time(string name)
    {
        bool number = Claims[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number;
        return number && double.TryParse(Claims[name]!.ToJsonString(), CultureInfo.InvariantCulture, out double seconds) && Math.Abs(seconds) < 1e11
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
    }

    private static string Part(JsonObject json) => Base64Url.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
