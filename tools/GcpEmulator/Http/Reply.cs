using System.Text;

namespace GcpEmulator.Http;

/// <summary>An answer, complete before its first byte is sent, so that Content-Length is always known.</summary>
internal sealed class Reply
{
    public const string HtmlType = "text/html; charset=UTF-8";
    public const string JsonType = "application/json; charset=UTF-8";

    public int Status { get; init; } = 200;

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True for JSON of an API, which the real services compress on request.</summary>
    public bool Compressible { get; init; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static Reply Bytes(ReadOnlyMemory<byte> body, string contentType, int status = 200) =>
        new() { Status = status, ContentType = contentType, Body = body };

    public static Reply Text(string body, string contentType, int status = 200) =>
        Bytes(Encoding.UTF8.GetBytes(body), contentType, status);

    public static Reply Json(string body, int status = 200) => Json(Encoding.UTF8.GetBytes(body), status);

    public static Reply Json(ReadOnlyMemory<byte> body, int status = 200) =>
        new() { Status = status, ContentType = JsonType, Body = body, Compressible = true };

    public static Reply Empty(int status) => new() { Status = status };

    /// <summary>A copy with its own headers: an answer may be cached, and a fault changes only one.</summary>
    public Reply Copy()
    {
        Reply copy = new() { Status = Status, ContentType = ContentType, Body = Body, Compressible = Compressible };
        foreach ((string name, string value) in Headers)
        {
            copy.Headers[name] = value;
        }

        return copy;
    }

    public Reply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
