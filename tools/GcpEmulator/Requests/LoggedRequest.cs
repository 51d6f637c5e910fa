using System.Globalization;
using System.Text;

namespace GcpEmulator;

/// <summary>One request that reached the emulator, and what became of it.</summary>
public sealed class LoggedRequest
{
    internal const int BodyCap = 64 * 1024;

    internal LoggedRequest(long sequence, EmulatedService service, string method, string path, string query,
        IReadOnlyDictionary<string, string> headers, DateTimeOffset startedAt)
    {
        Sequence = sequence;
        Service = service;
        Method = method;
        Path = path;
        Query = query;
        Headers = headers;
        StartedAt = startedAt;
    }

    /// <summary>1 for the first request after the start or the last <see cref="RequestLog.Clear"/>, and so on.</summary>
    public long Sequence { get; }

    /// <summary>Which service it was for.</summary>
    public EmulatedService Service { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path as sent, escapes included.</summary>
    public string Path { get; }

    /// <summary>The query as sent, without the question mark.</summary>
    public string Query { get; }

    /// <summary>The headers as sent; names compare without case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as text, at most 64 KiB of it.</summary>
    public string Body { get; private set; } = string.Empty;

    /// <summary>The status answered; null while there is no answer, and for ever if the connection was dropped.</summary>
    public int? Status { get; internal set; }

    /// <summary>When the request's head had arrived.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When the answer was ready to be sent, or the connection was given up.</summary>
    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>Method, path, query and status.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Sequence} {Method} {Path}{(Query.Length > 0 ? "?" + Query : string.Empty)} -> {(Status is null ? "-" : Status)}");

    internal void SetBody(ReadOnlySpan<byte> body) => Body = Encoding.UTF8.GetString(body[..Math.Min(body.Length, BodyCap)]);
}
