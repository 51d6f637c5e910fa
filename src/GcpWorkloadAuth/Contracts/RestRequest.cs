using System;
using System.Collections.Generic;
using System.IO;

namespace GcpWorkloadAuth.Contracts;

/// <summary>A request to any Google API.</summary>
internal sealed record RestRequest
{
    private static readonly KeyValuePair<string, object>[] s_noHeaders = Array.Empty<KeyValuePair<string, object>>();
    private static readonly KeyValuePair<string, string>[] s_noQuery = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>In capitals.</summary>
    public string Method { get; init; } = "GET";

    public Uri Uri { get; init; } = null!;

    /// <summary>Query parameters, not escaped; each takes the place of those of its name that the address has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = s_noQuery;

    /// <summary>Headers besides those that the engine makes; the values are strings or SecureStrings.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Headers { get; init; } = s_noHeaders;

    /// <summary>
    /// A string as it is, a byte array as it is, or what is written as JSON: bool, numbers, lists, string-keyed dictionaries. Null is
    /// no body.
    /// </summary>
    public object? Body { get; init; }

    /// <summary>The media type of the body; null for JSON, or for a byte array application/octet-stream.</summary>
    public string? ContentType { get; init; }

    /// <summary>The project that pays, in place of the session's.</summary>
    public string? QuotaProject { get; init; }

    /// <summary>How often a failed request is sent again; null leaves it to the method.</summary>
    public int? MaximumRetryCount { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The answer's text is wanted, whatever it is.</summary>
    public bool WantsText { get; init; }

    /// <summary>The answer's JSON is wanted as values.</summary>
    public bool WantsValue { get; init; } = true;

    /// <summary>Takes the body of a successful answer; it must be able to seek back to its beginning.</summary>
    public Stream? Output { get; init; }

    /// <summary>How the user calls <see cref="Output"/>.</summary>
    public string? OutputName { get; init; }
}

/// <summary>An answer that was a success.</summary>
internal sealed class RestAnswer
{
    public int Status { get; init; }

    /// <summary>True where nothing came, or all of it went to the request's output.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>True where <see cref="Value"/> holds the JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>string, long, ulong, double, bool, null, List of these, Dictionary of these.</summary>
    public object? Value { get; init; }

    /// <summary>The body as text, where it was asked for or is no JSON.</summary>
    public string Text { get; init; } = string.Empty;
}
