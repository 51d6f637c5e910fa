using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GcpEmulator;

/// <summary>
/// The JSON of a Google API error: code, message, errors[] as the older APIs have it, status and details[] as google.rpc.Status
/// has them (AIP-193, "Errors"; Cloud Storage, "HTTP status and error codes for JSON").
/// </summary>
internal sealed class ErrorBody
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _error = [];
    private readonly JsonObject _item = [];

    private ErrorBody()
    {
    }

    public static ErrorBody Create(int code, string message, string reason, string domain = "global", string? itemMessage = null)
    {
        ErrorBody body = new();
        body._error["code"] = code;
        body._error["message"] = message;
        body._item["message"] = itemMessage ?? message;
        body._item["domain"] = domain;
        body._item["reason"] = reason;
        body._error["errors"] = new JsonArray(body._item);
        return body;
    }

    /// <summary>Where the fault lies: a header or a parameter.</summary>
    public ErrorBody At(string location, string locationType)
    {
        _item["location"] = location;
        _item["locationType"] = locationType;
        return this;
    }

    public ErrorBody ExtendedHelp(string url)
    {
        _item["extendedHelp"] = url;
        return this;
    }

    public ErrorBody Status(string status)
    {
        _error["status"] = status;
        return this;
    }

    public ErrorBody Detail(string type, JsonObject content)
    {
        JsonArray details = _error["details"] as JsonArray ?? [];
        _error["details"] = details;
        JsonObject detail = new() { ["@type"] = "type.googleapis.com/google.rpc." + type };
        foreach ((string key, JsonNode? value) in content)
        {
            detail[key] = value?.DeepClone();
        }

        details.Add(detail);
        return this;
    }

    public ErrorBody ErrorInfo(string reason, params (string Key, string Value)[] metadata)
    {
        JsonObject pairs = [];
        foreach ((string key, string value) in metadata)
        {
            pairs[key] = value;
        }

        return Detail("ErrorInfo", new() { ["reason"] = reason, ["domain"] = "googleapis.com", ["metadata"] = pairs });
    }

    public ErrorBody LocalizedMessage(string message) =>
        Detail("LocalizedMessage", new() { ["locale"] = "en-US", ["message"] = message });

    public ErrorBody Help(string description, string url) =>
        Detail("Help", new() { ["links"] = new JsonArray(new JsonObject { ["description"] = description, ["url"] = url }) });

    public override string ToString() => Serialize(new JsonObject { ["error"] = _error.DeepClone() });

    public static string Serialize(JsonNode node) => node.ToJsonString(Indented) + "\n";

    public static byte[] SerializeToUtf8(JsonNode node) => Encoding.UTF8.GetBytes(Serialize(node));
}
