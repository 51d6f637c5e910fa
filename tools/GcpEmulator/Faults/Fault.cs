using System.Text;
using GcpEmulator.Http;

namespace GcpEmulator;

/// <summary>
/// Something that goes wrong with the next requests to a path. Without <see cref="Status"/>, <see cref="Body"/>,
/// <see cref="Hang"/> and <see cref="Drop"/> the request is still answered for real, only late, cut or with other headers.
/// </summary>
public sealed class Fault
{
    private int _skipped;
    private int _hits;

    /// <summary>Which paths it hits; * stands for any number of characters. The query is not part of the path.</summary>
    public string PathPattern { get; init; } = "*";

    /// <summary>Which queries it hits (raw, without the question mark); null for all.</summary>
    public string? QueryPattern { get; init; }

    /// <summary>Which HTTP method it hits; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>How many matching requests are let through first.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it hits; 0 for all, until it is removed.</summary>
    public int Times { get; init; }

    /// <summary>The status to answer instead of the real answer.</summary>
    public int? Status { get; init; }

    /// <summary>The body to answer instead of the real one.</summary>
    public string? Body { get; init; }

    /// <summary>The content type of <see cref="Body"/>; null for JSON or HTML, by its first character.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers to add to the answer (Location, Retry-After ...).</summary>
    public IDictionary<string, string>? Headers { get; init; }

    /// <summary>True leaves the Metadata-Flavor header out.</summary>
    public bool OmitFlavor { get; init; }

    /// <summary>Another value for the Metadata-Flavor header.</summary>
    public string? Flavor { get; init; }

    /// <summary>How long to wait before anything else happens.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>True never answers; ends when the client goes away.</summary>
    public bool Hang { get; init; }

    /// <summary>True closes the connection without an answer.</summary>
    public bool Drop { get; init; }

    /// <summary>Sends this many bytes of the body, with the length of all of it in Content-Length, then closes the connection.</summary>
    public long? TruncateAfter { get; init; }

    /// <summary>Sends this many bytes of the body, then resets the connection.</summary>
    public long? ResetAfter { get; init; }

    /// <summary>Changes one bit of the body's byte at this place, counted from 0.</summary>
    public long? CorruptAt { get; init; }

    /// <summary>How fast the body is sent.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Resets the connection once this many bytes of the request's body were read (uploads only).</summary>
    public long? ResetRequestAfter { get; init; }

    /// <summary>Changes one bit of the request body's byte at this place before it is looked at (uploads only).</summary>
    public long? CorruptRequestAt { get; init; }

    /// <summary>True does all that was asked for, and then closes the connection without an answer.</summary>
    public bool LoseAnswer { get; init; }

    /// <summary>How many persisted bytes a resumable upload forgets after this request: the next Range is lower than it was.</summary>
    public long? ForgetBytes { get; init; }

    /// <summary>True makes the resumable session of this request stale: 410 now, 404 from then on.</summary>
    public bool LoseSession { get; init; }

    /// <summary>The service whose requests it hits; null for all.</summary>
    public EmulatedService? Service { get; init; }

    /// <summary>How many requests it has hit so far.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>True leaves answers alone that are no object's content.</summary>
    internal bool ContentOnly { get; init; }

    internal bool TouchesRequestBody => ResetRequestAfter is not null || CorruptRequestAt is not null;

    internal bool TouchesAnswer => TruncateAfter is not null || ResetAfter is not null || CorruptAt is not null || BytesPerSecond is not null;

    internal bool AnswersItself => Status is not null || Body is not null;

    internal bool IsSpent => Times > 0 && _hits >= Times;

    /// <summary>Decides, under the lock of the list, whether this request is hit.</summary>
    internal bool TryHit(EmulatedService service, string method, string path, string query)
    {
        bool matches = (Service is null || Service == service)
            && (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
            && Wildcard.IsMatch(PathPattern, path)
            && (QueryPattern is null || Wildcard.IsMatch(QueryPattern, query));
        if (!matches || IsSpent)
        {
            return false;
        }

        if (_skipped < Skip)
        {
            _skipped++;
            return false;
        }

        _hits++;
        return true;
    }

    /// <summary>The answer in place of the real one; the metadata server stays the metadata server when it fails.</summary>
    internal Reply Answer(EmulatedService service)
    {
        string body = Body ?? string.Empty;
        string? type = ContentType ?? (body.Length == 0 ? null : body[0] is '{' or '[' ? Reply.JsonType : Reply.HtmlType);
        Reply reply = new() { Status = Status ?? 200, ContentType = type, Body = Encoding.UTF8.GetBytes(body) };
        return service == EmulatedService.Metadata ? Metadata.MetadataReplies.Sign(reply) : reply;
    }

    internal Reply Adorn(Reply original)
    {
        Reply reply = original.Copy();
        foreach ((string name, string value) in Headers ?? new Dictionary<string, string>())
        {
            reply.Headers[name] = value;
        }

        if (Flavor is not null)
        {
            reply.Headers["Metadata-Flavor"] = Flavor;
        }

        if (OmitFlavor)
        {
            reply.Headers.Remove("Metadata-Flavor");
        }

        return reply;
    }
}
