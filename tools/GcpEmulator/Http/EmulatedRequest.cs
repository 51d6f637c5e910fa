using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace GcpEmulator.Http;

/// <summary>One request as the handlers see it. The path stays as it was sent: an object's name may hold an escaped slash.</summary>
internal sealed class EmulatedRequest
{
    private readonly HttpContext _context;
    private Dictionary<string, StringValues>? _parameters;
    private string[]? _segments;
    private readonly Dictionary<string, string>? _own;
    private byte[]? _body;

    public EmulatedRequest(HttpContext context)
    {
        _context = context;
        Method = context.Request.Method;
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute))
        {
            target = absolute.PathAndQuery; // RFC 9112, 3.2.2: a server must accept the absolute form
        }

        int question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Query = question < 0 ? string.Empty : target[(question + 1)..];
    }

    // A request inside a batch: its first line, its headers and its body; what it lacks (the token) comes from the batch.
    private EmulatedRequest(EmulatedRequest outer, string method, string target, Dictionary<string, string> headers, byte[] body)
    {
        _context = outer._context;
        Method = method;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Query = question < 0 ? string.Empty : target[(question + 1)..];
        _own = headers;
        _body = body;
    }

    /// <summary>A request of a batch.</summary>
    public static EmulatedRequest FromText(EmulatedRequest outer, string text)
    {
        string[] halves = text.Split("\n\n", 2);
        string[] lines = halves[0].Split('\n');
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        string target = first.ElementAtOrDefault(1) ?? "/";
        if (Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal))
        {
            target = absolute.PathAndQuery;
        }

        return new(outer, first[0], target, headers, Encoding.UTF8.GetBytes(halves.ElementAtOrDefault(1)?.Trim() ?? string.Empty));
    }

    public string Method { get; }

    public string Path { get; }

    public string Query { get; }

    public string Host => _context.Request.Host.Value ?? string.Empty;

    public IHeaderDictionary Headers => _context.Request.Headers;

    public CancellationToken Aborted => _context.RequestAborted;

    /// <summary>The parts of the path between slashes, unescaped one by one.</summary>
    public string[] Segments => _segments ??= [.. Path.Trim('/').Split('/').Select(Uri.UnescapeDataString)];

    public ReadOnlyMemory<byte> Body => _body ?? [];

    public string? Header(string name) => _own?.TryGetValue(name, out string? own) == true ? own : Headers.TryGetValue(name, out StringValues value) ? value.ToString() : null;

    public bool Has(string parameter) => Parameters.ContainsKey(parameter);

    public string? Parameter(string name) => Parameters.TryGetValue(name, out StringValues value) ? value[0] : null;

    /// <summary>True for "true" in any case; a parameter that is there without a value is false.</summary>
    public bool Flag(string name) => string.Equals(Parameter(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as an HTML form (token endpoint).</summary>
    public Dictionary<string, StringValues> Form() => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(Body.Span));

    /// <summary>Reads the whole body. Uploads of the small files that the emulator keeps in memory fit too.</summary>
    public async ValueTask ReadBodyAsync()
    {
        if (_body is not null || (_context.Request.ContentLength ?? -1) == 0)
        {
            return;
        }

        bool mayHaveBody = _context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
        if (!mayHaveBody)
        {
            return;
        }

        using MemoryStream buffer = new();
        await _context.Request.Body.CopyToAsync(buffer, Aborted);
        _body = buffer.ToArray();
    }

    private Dictionary<string, StringValues> Parameters => _parameters ??= QueryHelpers.ParseQuery(Query);
}
