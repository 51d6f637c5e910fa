using System;
using System.Net.Http.Headers;
using System.Text;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>A whole answer. Its body lies in a rented buffer that goes back at <see cref="Dispose"/>.</summary>
internal sealed class HttpReply : IDisposable
{
    private byte[]? _buffer;

    public HttpReply(int status, HttpResponseHeaders headers, string contentType, Uri? location, byte[] buffer, int length)
    {
        Status = status;
        Headers = headers;
        ContentType = contentType;
        Location = location;
        _buffer = buffer;
        Length = length;
    }

    public int Status { get; }

    public HttpResponseHeaders Headers { get; }

    /// <summary>The media type, without parameters; empty where there is none.</summary>
    public string ContentType { get; }

    public Uri? Location { get; }

    public int Length { get; }

    public ArraySegment<byte> Body => new(_buffer ?? Array.Empty<byte>(), 0, _buffer is null ? 0 : Length);

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsRedirect => Status is >= 300 and < 400 and not 304;

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter
    {
        get
        {
            RetryConditionHeaderValue? header = Headers.RetryAfter;
            if (header?.Delta is { } delta)
            {
                return delta;
            }

            return header?.Date is { } date ? date - DateTimeOffset.UtcNow : null;
        }
    }

    public string? Header(string name) =>
        Headers.TryGetValues(name, out System.Collections.Generic.IEnumerable<string>? values) ? string.Join(",", values) : null;

    public string Text() => Encoding.UTF8.GetString(Body.Array!, Body.Offset, Body.Count);

    public void Dispose()
    {
        if (_buffer is { Length: > 0 } buffer)
        {
            _buffer = null;

            // A body may hold a token.
            Buffers.Return(buffer, clear: Length <= 64 * 1024);
        }
    }
}
