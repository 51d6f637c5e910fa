using System.Buffers;
using System.IO.Pipelines;
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
    private const int MaxHead = 1024 * 1024;

    public static async ValueTask<(JsonObject Resource, string? ContentType)> ReadAsync(EmulatedRequest request, ContentWriter writer)
    {
        string boundary = Boundary(request.Header("Content-Type")) ?? throw Broken();
        byte[] delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        PipeReader body = request.BodyReader;
        (JsonObject Resource, string? Type)? head = null;
        while (true)
        {
            ReadResult read = await body.ReadAsync(request.Aborted);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (head is null && TryHead(buffer, delimiter, out head, out long used))
            {
                buffer = buffer.Slice(used);
            }
            else if (head is null && (read.IsCompleted || buffer.Length > MaxHead))
            {
                throw Broken();
            }

            if (head is null)
            {
                body.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            if (read.IsCompleted)
            {
                WriteEnd(buffer, delimiter, writer);
                body.AdvanceTo(buffer.End);
                return head.Value;
            }

            // The end may begin in what has come so far: so much of it is held back.
            long ready = Math.Max(0, buffer.Length - delimiter.Length - 64);
            writer.Write(buffer.Slice(0, ready));
            body.AdvanceTo(buffer.GetPosition(ready), buffer.End);
        }
    }

    public static string? Boundary(string? contentType)
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

    private static void WriteEnd(in ReadOnlySequence<byte> rest, byte[] delimiter, ContentWriter writer)
    {
        // Up to 64 bytes are held back for what may follow the delimiter; a small body is here as a whole.
        ReadOnlyMemory<byte> text = rest.IsSingleSegment ? rest.First : rest.ToArray();
        int end = text.Span.LastIndexOf([(byte)'\n', .. delimiter]);
        if (end < 0)
        {
            throw Broken();
        }

        if (end > 0 && text.Span[end - 1] == '\r')
        {
            end--;
        }

        writer.Write(new ReadOnlySequence<byte>(text[..end]));
    }

    /// <summary>The JSON part and the head of the content's part, once all of it has come.</summary>
    private static bool TryHead(in ReadOnlySequence<byte> buffer, byte[] delimiter, out (JsonObject, string?)? head, out long used)
    {
        (head, used) = (null, 0);
        ReadOnlySpan<byte> text = buffer.Slice(0, Math.Min(buffer.Length, MaxHead)).ToArray();
        int first = text.IndexOf(delimiter);
        if (first < 0 || !TrySkipHeaders(text, first + delimiter.Length, out int json, out _))
        {
            return false;
        }

        int length = text[json..].IndexOf([(byte)'\n', .. delimiter]);
        if (length < 0 || !TrySkipHeaders(text, json + length + 1 + delimiter.Length, out int content, out string? type))
        {
            return false;
        }

        try
        {
            head = (JsonNode.Parse(text.Slice(json, length)) as JsonObject ?? throw Broken(), type);
        }
        catch (JsonException)
        {
            throw Broken();
        }

        used = content;
        return true;
    }

    private static bool TrySkipHeaders(ReadOnlySpan<byte> text, int at, out int behind, out string? type)
    {
        (behind, type) = (0, null);
        int lineEnd = text[at..].IndexOf((byte)'\n');
        while (lineEnd >= 0)
        {
            at += lineEnd + 1;
            lineEnd = text[at..].IndexOf((byte)'\n');
            if (lineEnd < 0)
            {
                return false;
            }

            string line = Encoding.UTF8.GetString(text.Slice(at, lineEnd)).TrimEnd('\r');
            if (line.Length == 0)
            {
                behind = at + lineEnd + 1;
                return true;
            }

            if (line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
            {
                type = line["Content-Type:".Length..].Trim();
            }
        }

        return false;
    }

    private static StorageException Broken() => StorageException.Invalid("Bad Content. Failed to parse the multipart body."); // ASSUMED: the text
}
