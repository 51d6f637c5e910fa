using System.Text;
using GcpEmulator.Storage;

namespace GcpEmulator.Http;

/// <summary>An answer, known as a whole before its first byte is sent, so that Content-Length is always known.</summary>
internal sealed class Reply
{
    public const string HtmlType = "text/html; charset=UTF-8";
    public const string JsonType = "application/json; charset=UTF-8";
    public const string XmlType = "application/xml; charset=UTF-8";

    public int Status { get; init; } = 200;

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>An object's bytes, in place of <see cref="Body"/>.</summary>
    public StoredContent? Content { get; init; }

    /// <summary>Where in <see cref="Content"/> the answer begins.</summary>
    public long From { get; init; }

    /// <summary>How many bytes of <see cref="Content"/> the answer has.</summary>
    public long Count { get; init; }

    /// <summary>True unpacks the content on its way out (decompressive transcoding): the length is not known then.</summary>
    public bool Gunzip { get; init; }

    /// <summary>True for JSON of an API, which the real services compress on request.</summary>
    public bool Compressible { get; init; }

    public Dictionary<string, string> Headers { get; private init; } = new(StringComparer.OrdinalIgnoreCase);

    public static Reply Bytes(ReadOnlyMemory<byte> body, string contentType, int status = 200) =>
        new() { Status = status, ContentType = contentType, Body = body };

    public static Reply Text(string body, string contentType, int status = 200) =>
        Bytes(Encoding.UTF8.GetBytes(body), contentType, status);

    public static Reply Json(string body, int status = 200) => Json(Encoding.UTF8.GetBytes(body), status);

    public static Reply Json(ReadOnlyMemory<byte> body, int status = 200) =>
        new() { Status = status, ContentType = JsonType, Body = body, Compressible = true };

    public static Reply Empty(int status) => new() { Status = status };

    /// <summary>A copy with its own headers: an answer may be cached, and a fault changes only one.</summary>
    public Reply Copy() => new()
    {
        Status = Status,
        ContentType = ContentType,
        Body = Body,
        Content = Content,
        From = From,
        Count = Count,
        Gunzip = Gunzip,
        Compressible = Compressible,
        Headers = new(Headers, StringComparer.OrdinalIgnoreCase),
    };

    public Reply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
