using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>/batch/storage/v1: up to 100 calls in one request ("Sending batch requests", Cloud Storage JSON API).</summary>
internal sealed class BatchApi(Func<EmulatedRequest, ValueTask<Reply>> answer)
{
    private const int MaxCalls = 100;

    public async ValueTask<Reply> HandleAsync(EmulatedRequest request)
    {
        if (request.Method != "POST" || MultipartRelated.Boundary(request.Header("Content-Type")) is not string boundary)
        {
            return GoogleErrors.Invalid("Failed to parse batch request, error: 0 items"); // ASSUMED: the text
        }

        string[] parts =
        [
            .. Encoding.UTF8.GetString(request.Body.Span).ReplaceLineEndings("\r\n").Split("--" + boundary)[1..]
                .Where(p => !p.StartsWith("--", StringComparison.Ordinal)),
        ];
        if (parts.Length is 0 or > MaxCalls)
        {
            return GoogleErrors.Invalid(parts.Length == 0 ? "Failed to parse batch request, error: 0 items" : "The batch request cannot contain more than 100 calls.");
        }

        string own = "batch_" + Base64Url.Encode(RandomNumberGenerator.GetBytes(18));
        StringBuilder body = new();
        foreach (string part in parts)
        {
            await AppendAsync(request, part, own, body);
        }

        body.Append(CultureInfo.InvariantCulture, $"--{own}--\r\n");
        return Reply.Text(body.ToString(), "multipart/mixed; boundary=" + own);
    }

    /// <summary>A part: its own headers, the call's request line and headers, the call's body.</summary>
    private async ValueTask AppendAsync(EmulatedRequest outer, string part, string boundary, StringBuilder body)
    {
        string[] sections = part.TrimStart('\r', '\n').Split("\r\n\r\n", 3);
        HeaderDictionary outerHeaders = Headers(sections[0].Split("\r\n"));
        string[] lines = sections.Length > 1 ? sections[1].TrimStart('\r', '\n').Split("\r\n") : [];
        Reply reply;
        if (lines.Length == 0 || lines[0].Split(' ') is not [string method, string target, ..])
        {
            reply = GoogleErrors.Invalid("Failed to parse batch request.");
        }
        else
        {
            HeaderDictionary headers = Headers(lines[1..]);
            if (!headers.ContainsKey("Authorization") && outer.Header("Authorization") is string token)
            {
                headers["Authorization"] = token; // "HTTP headers in the outer batch request apply to every call"
            }

            string path = Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
                ? absolute.PathAndQuery
                : target;
            byte[] content = Encoding.UTF8.GetBytes(sections.Length > 2 ? sections[2].TrimEnd('\r', '\n') : string.Empty);
            EmulatedRequest inner = new(outer, method, path, headers, content);
            reply = outer.Faults?.Take(EmulatedService.Storage, method, inner.Path, inner.Query) is { AnswersItself: true } fault
                ? fault.Answer(EmulatedService.Storage)
                : await answer(inner);
        }

        string id = outerHeaders["Content-ID"].ToString();
        body.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: application/http\r\n");
        if (id.Length > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $"Content-ID: {(id.StartsWith('<') ? "<response-" + id[1..] : "response-" + id)}\r\n");
        }

        body.Append(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {reply.Status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(reply.Status)}\r\n");
        foreach ((string name, string value) in reply.Headers)
        {
            body.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        string text = Encoding.UTF8.GetString(reply.Body.Span);
        if (reply.ContentType is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"Content-Type: {reply.ContentType}\r\n");
        }

        body.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n\r\n{text}\r\n");
    }

    private static HeaderDictionary Headers(string[] lines)
    {
        HeaderDictionary headers = [];
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }
}
