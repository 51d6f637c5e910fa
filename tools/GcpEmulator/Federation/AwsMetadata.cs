using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Federation;

/// <summary>
/// The instance metadata service of AWS, versions 1 and 2, as far as credentials need it. Paths, headers and statuses: EC2 user guide,
/// "Use the Instance Metadata Service to access instance metadata".
/// </summary>
internal sealed class AwsMetadata(AwsMachine machine)
{
    private const string TtlHeader = "X-aws-ec2-metadata-token-ttl-seconds";
    private const string TokenHeader = "X-aws-ec2-metadata-token";
    private const string Credentials = "/latest/meta-data/iam/security-credentials";

    public Reply Handle(EmulatedRequest request)
    {
        if (request.Path == "/latest/api/token")
        {
            return Token(request);
        }

        string? token = request.Header(TokenHeader);
        if (token is null ? machine.RequiresVersion2 : !machine.ImdsTokens.ContainsKey(token))
        {
            return Reply.Text("", "text/html", 401);
        }

        return request.Path.TrimEnd('/') switch
        {
            _ when request.Method != "GET" => Reply.Text("", "text/html", 405),
            "/latest/meta-data/placement/availability-zone" => Reply.Text(machine.Zone, "text/plain"),
            Credentials when machine.Role is not null => Reply.Text(machine.Role, "text/plain"),
            string path when machine.Role is not null && path == Credentials + "/" + machine.Role => Role(),
            _ => Reply.Text("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><html><head><title>404 - Not Found</title></head></html>", "text/html", 404),
        };
    }

    private Reply Token(EmulatedRequest request)
    {
        if (request.Method != "PUT")
        {
            return Reply.Text("", "text/html", 405);
        }

        if (request.Headers.ContainsKey("X-Forwarded-For"))
        {
            return Reply.Text("", "text/html", 403);
        }

        if (!int.TryParse(request.Header(TtlHeader), out int seconds) || seconds is < 1 or > 21600)
        {
            return Reply.Text("", "text/html", 400);
        }

        string token = "AQAEemu" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)) + "==";
        machine.ImdsTokens[token] = true;
        return Reply.Text(token, "text/plain").With(TtlHeader, request.Header(TtlHeader)!);
    }

    private Reply Role() => Reply.Text(
        ErrorBody.Serialize(new JsonObject
        {
            ["Code"] = "Success",
            ["LastUpdated"] = "2026-01-01T00:00:00Z",
            ["Type"] = "AWS-HMAC",
            ["AccessKeyId"] = machine.AccessKeyId,
            ["SecretAccessKey"] = machine.SecretAccessKey,
            ["Token"] = machine.SessionToken,
            ["Expiration"] = "2126-01-01T06:00:00Z",
        }),
        "text/plain");
}
