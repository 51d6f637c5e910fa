using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace GcpEmulator.Http;

/// <summary>One request as the handlers see it. The path stays as it was sent: an object's name may hold an escaped slash.</summary>
internal sealed class EmulatedRequest
{
    private readonly HttpContext? _context;
    private readonly PipeReader? _inner;
    private Dictionary<string, StringValues>? _parameters;
    private string[]? _segments;
    private byte[]? _body;
    private PipeReader? _reader;

    public EmulatedRequest(HttpContext context)
        : this(context.Request.Method, Target(context), context.Request.Headers, context.RequestAborted)
    {
        _context = context;
        Host = context.Request.Host.Value ?? string.Empty;
    }

    /// <summary>A request inside another one: a part of a batch.</summary>
    public EmulatedRequest(EmulatedRequest outer, string method, string target, IHeaderDictionary headers, byte[] body)
        : this(method, target, headers, outer.Aborted)
    {
        Host = outer.Host;
        _body = body;
        _inner = PipeReader.Create(new ReadOnlySequence<byte>(body));
    }

    private EmulatedRequest(string method, string target, IHeaderDictionary headers, CancellationToken aborted)
    {
        (Method, Headers, Aborted) = (method, headers, aborted);
        int question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Query = question < 0 ? string.Empty : target[(question + 1)..];
    }

    public string Method { get; }

    public string Path { get; }

    public string Query { get; }

    public string Host { get; } = string.Empty;

    public IHeaderDictionary Headers { get; }

    public CancellationToken Aborted { get; }

    /// <summary>What goes wrong with this request, where a handler has a part in it.</summary>
    public Fault? Fault { get; set; }

    /// <summary>The armed faults, for a request that holds others (a batch).</summary>
    public FaultList? Faults { get; set; }

    /// <summary>The length of the body that the client announced.</summary>
    public long? ContentLength => Headers.ContentLength;

    /// <summary>The parts of the path between slashes, unescaped one by one.</summary>
    public string[] Segments => _segments ??= [.. Path.Trim('/').Split('/').Select(Uri.UnescapeDataString)];

    /// <summary>The body, once <see cref="ReadBodyAsync"/> has read it.</summary>
    public ReadOnlyMemory<byte> Body => _body ?? [];

    /// <summary>The body as it comes in: for contents that may be larger than memory.</summary>
    public PipeReader BodyReader => _reader ??= OpenBody();

    public string? Header(string name) => Headers.TryGetValue(name, out StringValues value) ? value.ToString() : null;

    public bool Has(string parameter) => Parameters.ContainsKey(parameter);

    public string? Parameter(string name) => Parameters.TryGetValue(name, out StringValues value) ? value[0] : null;

    /// <summary>All values of a parameter that may be there several times.</summary>
    public IReadOnlyDictionary<string, StringValues> AllParameters => Parameters;

    /// <summary>True for "true" in any case; a parameter that is there without a value is false.</summary>
    public bool Flag(string name) => string.Equals(Parameter(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as an HTML form (token endpoint).</summary>
    public Dictionary<string, StringValues> Form() => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(Body.Span));

    /// <summary>Reads the whole body into memory. Not for contents.</summary>
    public async ValueTask ReadBodyAsync()
    {
        if (_body is not null || ContentLength == 0)
        {
            return;
        }

        bool mayHaveBody = _context?.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
        if (!mayHaveBody)
        {
            return;
        }

        using MemoryStream buffer = new();
        await BodyReader.CopyToAsync(buffer, Aborted);
        _body = buffer.ToArray();
    }

    private Dictionary<string, StringValues> Parameters => _parameters ??= QueryHelpers.ParseQuery(Query);

    private static string Target(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return !target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute)
            ? absolute.PathAndQuery // RFC 9112, 3.2.2: a server must accept the absolute form
            : target;
    }

    private PipeReader OpenBody()
    {
        if (_inner is not null)
        {
            return _inner;
        }

        return Fault is { TouchesRequestBody: true } fault
            ? PipeReader.Create(new FaultyBody(_context!, fault), new StreamPipeReaderOptions(bufferSize: 64 * 1024))
            : _context!.Request.BodyReader;
    }
}
