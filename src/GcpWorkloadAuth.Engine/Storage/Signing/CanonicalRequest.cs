using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage.Signing;

/// <summary>
/// The one form of a request that a V4 signature is over. Source:
/// https://cloud.google.com/storage/docs/authentication/canonical-requests.
/// </summary>
internal sealed class CanonicalRequest
{
    private const string ContentHash = "x-goog-content-sha256";
    private readonly string _method;
    private readonly SortedDictionary<string, string> _headers = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _query = [];

    public CanonicalRequest(SignedUrlRequest request, Uri host, string path, V4Stamp stamp, string account)
    {
        _method = request.Method;
        Path = path;
        _headers["host"] = host.Authority;
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            string name = header.Key.ToLowerInvariant();
            _headers[name] = _headers.ContainsKey(name) ? throw Errors.SignedHeaderTwice(header.Key) : Collapse(header.Key, header.Value);
        }

        foreach (KeyValuePair<string, string> parameter in request.Query)
        {
            Add(parameter.Key, parameter.Value);
        }

        if (request.Generation is { } generation)
        {
            Add("generation", generation.ToString(CultureInfo.InvariantCulture));
        }

        _query.Add(new("X-Goog-Algorithm", V4Stamp.Algorithm));
        _query.Add(new("X-Goog-Credential", account + "/" + stamp.Scope));
        _query.Add(new("X-Goog-Date", stamp.Time));
        _query.Add(new("X-Goog-Expires", ((long)request.Lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        _query.Add(new("X-Goog-SignedHeaders", SignedHeaders));
        Query = UrlText.Query(_query);
    }

    public string Path { get; }

    /// <summary>The query of the URL, all but the signature.</summary>
    public string Query { get; }

    /// <summary>What the user of the URL must send; host is his client's own matter.</summary>
    public IReadOnlyDictionary<string, string> HeadersToSend
    {
        get
        {
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            foreach (KeyValuePair<string, string> header in _headers)
            {
                if (header.Key != "host")
                {
                    headers[header.Key] = header.Value;
                }
            }

            return headers;
        }
    }

    private string SignedHeaders => string.Join(";", _headers.Keys);

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(_method).Append('\n').Append(Path).Append('\n').Append(Query).Append('\n');
        foreach (KeyValuePair<string, string> header in _headers)
        {
            text.Append(header.Key).Append(':').Append(header.Value).Append('\n');
        }

        string payload = _headers.TryGetValue(ContentHash, out string? hash) ? hash : "UNSIGNED-PAYLOAD";
        return text.Append('\n').Append(SignedHeaders).Append('\n').Append(payload).ToString();
    }

    private void Add(string name, string value)
    {
        // A second one of these would make the URL mean something else than what is shown of it.
        if (name.StartsWith("X-Goog-", StringComparison.OrdinalIgnoreCase)
            && Array.Exists(s_ours, ours => string.Equals(ours, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw Errors.SignedQueryRefused(name);
        }

        _query.Add(new KeyValuePair<string, string>(name, value));
    }

    private static readonly string[] s_ours =
        ["X-Goog-Algorithm", "X-Goog-Credential", "X-Goog-Date", "X-Goog-Expires", "X-Goog-SignedHeaders", "X-Goog-Signature"];

    private static string Collapse(string name, string value)
    {
        if (name.Length == 0 || name.IndexOfAny([':', '\r', '\n', ' ', '\t', ';']) >= 0 || value.IndexOfAny(['\r', '\n']) >= 0)
        {
            throw Errors.SignedHeaderInvalid(name);
        }

        StringBuilder text = new(value.Length);
        foreach (char c in value.Trim())
        {
            bool isSpace = c is ' ' or '\t';
            if (!isSpace)
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }
}
