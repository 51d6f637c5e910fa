using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>
/// uploadType=multipart: one part of JSON, one part of content ("Upload objects from the filesystem", multipart upload). As lenient
/// as the real service must be with gcloud (apitools): a boundary in single quotes, lines that end in a bare LF.
/// </summary>
internal static class MultipartRelated
{
    public static (JsonObject Resource, byte[] Content, string? ContentType)? Read(EmulatedRequest request)
    {
        if (Boundary(request.Header("Content-Type")) is not string boundary)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = request.Body.Span;
        byte[] delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        int start = rest.IndexOf(delimiter);
        if (start < 0 || !TryPart(rest[(start + delimiter.Length)..], delimiter, out byte[] json, out _, out int used)
            || !TryPart(rest[(start + delimiter.Length + used)..], delimiter, out byte[] content, out string? type, out _))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(json) is JsonObject resource ? (resource, content, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Boundary(string? contentType)
    {
        int at = contentType?.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return null;
        }

        string value = contentType![(at + 9)..];
        string boundary = value is ['"' or '\'', ..] ? value[1..].Split(value[0])[0] : value.Split(';')[0].Trim();
        return boundary.Length == 0 ? null : boundary;
    }

    /// <summary>Reads the part that begins behind a delimiter; <paramref name="used"/> counts up to behind the next one.</summary>
    private static bool TryPart(ReadOnlySpan<byte> text, byte[] delimiter, out byte[] content, out string? type, out int used)
    {
        (content, type, used) = ([], null, 0);
        int at = text.IndexOf((byte)'\n') + 1;
        bool returns = at > 1 && text[at - 2] == '\r';
        while (at > 0)
        {
            int end = text[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            string line = Encoding.UTF8.GetString(text.Slice(at, end)).TrimEnd('\r');
            at += end + 1;
            if (line.Length == 0)
            {
                break;
            }

            if (line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
            {
                type = line["Content-Type:".Length..].Trim();
            }
        }

        byte[] next = [.. returns ? "\r\n"u8 : "\n"u8, .. delimiter];
        int length = at == 0 ? -1 : text[at..].IndexOf(next);
        if (length < 0)
        {
            return false;
        }

        content = text.Slice(at, length).ToArray();
        used = at + length + next.Length;
        return true;
    }
}
