using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>
/// The wire form of a batch: multipart/mixed whose parts are HTTP requests, and the answer whose parts are HTTP answers. Source:
/// https://cloud.google.com/storage/docs/batch.
/// </summary>
internal static class MultipartMixed
{
    private const string IdPrefix = "item+";

    // One byte a character, whatever it is: offsets in the text are offsets in the bytes.
    private static readonly Encoding s_bytes = Encoding.GetEncoding(28591);

    /// <summary>The body of a batch; part N is told by the id N.</summary>
    /// <param name="requests">The calls.</param>
    /// <param name="boundary">Stands between them.</param>
    public static byte[] Write(IReadOnlyList<ApiRequest> requests, string boundary)
    {
        StringBuilder text = new(requests.Count * 300);
        for (int i = 0; i < requests.Count; i++)
        {
            ApiRequest request = requests[i];
            text.Append("--").Append(boundary).Append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <")
                .Append(IdPrefix).Append(i.ToString(CultureInfo.InvariantCulture)).Append(">\r\n\r\n")
                .Append(request.Method.Verb.Method).Append(" /").Append(request.Method.Service.BasePath).Append(request.PathAndQuery)
                .Append(" HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("--").Append(boundary).Append("--\r\n").ToString());
    }

    /// <summary>The answers in an answer by the number of their part; those that are missing or cannot be read are not there.</summary>
    public static Dictionary<int, HttpReply> Read(HttpReply reply)
    {
        Dictionary<int, HttpReply> parts = [];
        if (BoundaryOf(reply.Header("Content-Type")) is not { } boundary)
        {
            return parts;
        }

        string text = s_bytes.GetString(reply.Body.Array!, reply.Body.Offset, reply.Body.Count);
        string mark = "--" + boundary;
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        while (at >= 0)
        {
            int start = at + mark.Length;
            at = text.IndexOf("\n" + mark, start, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            // What stands behind the boundary on its line is nothing.
            int line = text.IndexOf('\n', start);
            if (line < at)
            {
                ReadPart(text.Substring(line + 1, at - line), parts);
            }

            at++;
        }

        return parts;
    }

    private static void ReadPart(string part, Dictionary<int, HttpReply> parts)
    {
        Dictionary<string, string> outer = Headers(part, 0, out int inner);
        if (!outer.TryGetValue("Content-ID", out string? id) || NumberOf(id) is not { } number)
        {
            return;
        }

        // "HTTP/1.1 204 No Content"
        int line = part.IndexOf("HTTP/", inner, StringComparison.Ordinal);
        int space = line < 0 ? -1 : part.IndexOf(' ', line);
        if (space < 0 || space + 4 > part.Length
            || !int.TryParse(part.Substring(space + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return;
        }

        Dictionary<string, string> headers = Headers(part, part.IndexOf('\n', space) + 1, out int body);
        byte[] content = s_bytes.GetBytes(part.Substring(body).TrimEnd('\r', '\n'));
        parts[number] = new HttpReply(status, name => headers.TryGetValue(name, out string? value) ? value : null, content, content.Length);
    }

    // Up to the empty line, behind which the rest begins.
    private static Dictionary<string, string> Headers(string text, int start, out int rest)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        rest = start;
        while (rest < text.Length)
        {
            int end = text.IndexOf('\n', rest);
            string line = (end < 0 ? text.Substring(rest) : text.Substring(rest, end - rest)).TrimEnd('\r');
            rest = end < 0 ? text.Length : end + 1;
            if (line.Length == 0)
            {
                break;
            }

            int colon = line.IndexOf(':');
            if (colon > 0)
            {
                headers[line.Substring(0, colon).Trim()] = line.Substring(colon + 1).Trim();
            }
        }

        return headers;
    }

    private static int? NumberOf(string id)
    {
        int at = id.LastIndexOf(IdPrefix, StringComparison.Ordinal);
        return at >= 0
            && int.TryParse(id.Substring(at + IdPrefix.Length).TrimEnd('>'), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : null;
    }

    private static string? BoundaryOf(string? contentType)
    {
        const string name = "boundary=";
        int at = contentType?.IndexOf(name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return null;
        }

        string value = contentType!.Substring(at + name.Length);
        int end = value.IndexOf(';');
        value = (end < 0 ? value : value.Substring(0, end)).Trim().Trim('"');
        return value.Length > 0 ? value : null;
    }
}
