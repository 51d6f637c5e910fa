using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator.Federation;

/// <summary>
/// A signed GetCallerIdentity request as a subject token: percent-encoded JSON with url, method and headers (AIP-4117, "Determining
/// the subject token in AWS"). Checks the signature as AWS does (IAM user guide, "Signature Version 4").
/// </summary>
internal sealed class AwsSignedRequest
{
    private readonly Uri _url;
    private readonly string _method;
    private readonly Dictionary<string, string> _headers;

    private AwsSignedRequest(Uri url, string method, Dictionary<string, string> headers)
    {
        _url = url;
        _method = method;
        _headers = headers;
    }

    public static AwsSignedRequest? Parse(string token)
    {
        try
        {
            JsonNode? json = JsonNode.Parse(Uri.UnescapeDataString(token));
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            foreach (JsonNode? header in json!["headers"]!.AsArray())
            {
                headers[header!["key"]!.GetValue<string>()] = header["value"]!.GetValue<string>();
            }

            return new AwsSignedRequest(new Uri(json["url"]!.GetValue<string>()), json["method"]!.GetValue<string>(), headers);
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Why AWS would refuse the request; null where it would not.</summary>
    public string? Problem(AwsMachine machine, string audience, DateTimeOffset now)
    {
        if (_method != "POST" || !_url.Host.StartsWith("sts.", StringComparison.Ordinal)
            || !_url.Host.EndsWith(".amazonaws.com", StringComparison.Ordinal)
            || _url.Query != "?Action=GetCallerIdentity&Version=2011-06-15")
        {
            return "Invalid value for \"subject_token\""; // ASSUMED: the text
        }

        if (_headers.GetValueOrDefault("x-goog-cloud-target-resource") != audience)
        {
            return "The value of header x-goog-cloud-target-resource does not match the audience."; // ASSUMED: the text
        }

        if (machine.SessionToken != _headers.GetValueOrDefault("x-amz-security-token"))
        {
            return Aws("InvalidClientTokenId", "The security token included in the request is invalid.");
        }

        if (!DateTimeOffset.TryParseExact(
                _headers.GetValueOrDefault("x-amz-date"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            || (date - now).Duration() > TimeSpan.FromMinutes(15))
        {
            return Aws("SignatureDoesNotMatch", "Signature expired");
        }

        string expected = Authorization(machine, date);
        return _headers.GetValueOrDefault("Authorization") == expected
            ? null
            : Aws("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Canonical headers: "
                + "x-amz-security-token:" + machine.SessionToken);
    }

    // ASSUMED: the frame; the inner texts are those of AWS.
    private static string Aws(string code, string message) => $"Received invalid AWS response of type {code} with message: {message}";

    private string Authorization(AwsMachine machine, DateTimeOffset date)
    {
        string given = _headers.GetValueOrDefault("Authorization") ?? string.Empty;
        int at = given.IndexOf("SignedHeaders=", StringComparison.Ordinal);
        string signed = at < 0 ? string.Empty : given[(at + 14)..].Split(',')[0];
        string region = machine.Zone[..^1];
        string day = date.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string scope = $"{day}/{region}/sts/aws4_request";
        StringBuilder canonical = new();
        canonical.Append("POST\n/\nAction=GetCallerIdentity&Version=2011-06-15\n");
        foreach (string name in signed.Split(';'))
        {
            canonical.Append(name).Append(':').Append(name == "host" ? _url.Host : _headers.GetValueOrDefault(name)).Append('\n');
        }

        canonical.Append('\n').Append(signed).Append('\n').Append(Hash(string.Empty));
        string toSign = $"AWS4-HMAC-SHA256\n{date.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\n{scope}\n{Hash(canonical.ToString())}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + machine.SecretAccessKey);
        foreach (string part in new[] { day, region, "sts", "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"AWS4-HMAC-SHA256 Credential={machine.AccessKeyId}/{scope}, SignedHeaders={signed}, Signature={signature}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
