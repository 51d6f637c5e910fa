using System;
using System.Globalization;
using System.Text;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>A whole answer. Its body lies in a rented buffer that goes back at <see cref="Dispose"/>.</summary>
internal sealed class HttpReply : IDisposable
{
    private readonly Func<string, string?> _headers;
    private byte[]? _buffer;

    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">A header's value by name in any case; null where it is not there.</param>
    /// <param name="buffer">A rented buffer with the body.</param>
    /// <param name="length">How much of it is the body.</param>
    public HttpReply(int status, Func<string, string?> headers, byte[] buffer, int length)
    {
        Status = status;
        _headers = headers;
        _buffer = buffer;
        Length = length;
    }

    public int Status { get; }

    public int Length { get; }

    public ArraySegment<byte> Body => new(_buffer ?? [], 0, _buffer is null ? 0 : Length);

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsRedirect => Status is >= 300 and < 400 and not 304;

    /// <summary>The media type, without parameters; empty where there is none.</summary>
    public string ContentType
    {
        get
        {
            string value = _headers("Content-Type") ?? string.Empty;
            int end = value.IndexOf(';');
            return (end < 0 ? value : value.Substring(0, end)).Trim();
        }
    }

    /// <summary>Where a redirect points; null where it is none or cannot be read.</summary>
    public Uri? LocationFrom(Uri request) =>
        Header("Location") is { } text && Uri.TryCreate(request, text, out Uri? location) ? location : null;

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter
    {
        get
        {
            string? value = Header("Retry-After");
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            {
                return TimeSpan.FromSeconds(seconds);
            }

            return value is not null
                && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                    ? time - DateTimeOffset.UtcNow
                    : null;
        }
    }

    public string? Header(string name) => _headers(name);

    public string Text() => Encoding.UTF8.GetString(Body.Array!, Body.Offset, Body.Count);

    public void Dispose()
    {
        if (_buffer is { Length: > 0 } buffer)
        {
            _buffer = null;

            // A small body may be a token.
            Buffers.Return(buffer, clear: Length <= 64 * 1024);
        }
    }
}
