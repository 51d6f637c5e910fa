using System.Text;
using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>
/// /batch/compute/v1: several requests in one multipart/mixed body ("Batching API requests"). gcloud sends its commands on several
/// instances this way. Each part is a whole HTTP request; the answers come in the same order.
/// </summary>
internal sealed class BatchApi(ComputeApi compute)
{
    public async ValueTask<Reply> HandleAsync(EmulatedRequest request)
    {
        string type = request.Header("Content-Type") ?? string.Empty;
        int at = type.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return GoogleErrors.Invalid("Failed to parse batch request, error: no boundary."); // ASSUMED: the text
        }

        string boundary = "--" + type[(at + 9)..].Split(';')[0].Trim('"', ' ');
        StringBuilder answer = new();
        string body = Encoding.UTF8.GetString(request.Body.Span).Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (string part in body.Split(boundary)[1..])
        {
            if (!part.StartsWith("--", StringComparison.Ordinal))
            {
                await AppendAsync(answer, request, part);
            }
        }

        answer.Append("--batch_emulator--\r\n");
        return Reply.Text(answer.ToString(), "multipart/mixed; boundary=batch_emulator");
    }

    private async ValueTask AppendAsync(StringBuilder answer, EmulatedRequest outer, string part)
    {
        string[] pieces = part.TrimStart('\n').Split("\n\n", 2);
        string? id = pieces[0].Split('\n').FirstOrDefault(l => l.StartsWith("Content-ID:", StringComparison.OrdinalIgnoreCase))?[11..].Trim();
        EmulatedRequest inner = EmulatedRequest.FromText(outer, pieces.Length > 1 ? pieces[1] : string.Empty);
        Reply reply = inner.Segments is ["compute", "v1", .. string[] path]
            ? await compute.HandleAsync(inner, path)
            : GoogleErrors.NotFound("The emulator does not serve " + inner.Path);
        answer.Append("--batch_emulator\r\nContent-Type: application/http\r\n");
        if (id is not null)
        {
            answer.Append("Content-ID: ").Append(id.StartsWith('<') ? "<response-" + id[1..] : "response-" + id).Append("\r\n");
        }

        answer.Append("\r\nHTTP/1.1 ").Append(reply.Status).Append(' ').Append(reply.Status < 400 ? "OK" : "Error").Append("\r\nContent-Type: ")
            .Append(reply.ContentType).Append("\r\nContent-Length: ").Append(reply.Body.Length).Append("\r\n\r\n")
            .Append(Encoding.UTF8.GetString(reply.Body.Span)).Append("\r\n");
    }
}
