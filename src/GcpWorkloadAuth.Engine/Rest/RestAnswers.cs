using System;
using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>Reads a successful answer: JSON as values, anything else as text.</summary>
internal static class RestAnswers
{
    public static RestAnswer Read(HttpReply reply, RestRequest request, Uri uri)
    {
        if (reply.Length == 0)
        {
            return new RestAnswer { Status = reply.Status, IsEmpty = true };
        }

        bool isJson = reply.ContentType.EndsWith("json", StringComparison.OrdinalIgnoreCase);
        if (!isJson || !request.WantsValue)
        {
            return new RestAnswer { Status = reply.Status, Text = TextOf(reply, uri) };
        }

        if (!JsonText.TryRead(reply.Body, static (ref JsonCursor json) => json.Value(), out object? value))
        {
            throw JsonText.LooksLikeJson(reply.Body)
                ? Errors.ResponseTruncated(uri.Authority)
                : Errors.ResponseNotJson(uri.Authority, reply.ContentType);
        }

        return new RestAnswer
        {
            Status = reply.Status,
            IsJson = true,
            Value = value,
            Text = request.WantsText ? TextOf(reply, uri) : string.Empty,
        };
    }

    private static string TextOf(HttpReply reply, Uri uri)
    {
        ArraySegment<byte> body = reply.Body;
        try
        {
            string text = EncodingOf(reply).GetString(body.Array!, body.Offset, body.Count);
            return text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text;
        }
        catch (DecoderFallbackException)
        {
            throw Errors.RestAnswerNotText(uri.Authority, reply.ContentType.Length > 0 ? reply.ContentType : "?");
        }
    }

    // Bytes that are no text are an error, not question marks.
    private static Encoding EncodingOf(HttpReply reply)
    {
        const string marker = "charset=";
        string type = reply.Header("Content-Type") ?? string.Empty;
        int at = type.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        string name = at < 0 ? "utf-8" : type.Substring(at + marker.Length).Split(';')[0].Trim(' ', '"');
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true);
        }
    }
}
