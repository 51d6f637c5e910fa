using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>Whether a request may be sent again when its answer is lost.</summary>
internal enum RetryClass
{
    /// <summary>Sending it twice does what sending it once does.</summary>
    Idempotent,

    /// <summary>Only where a precondition or a requestId makes it so.</summary>
    Conditional,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>
/// One method of a service: the single source for its requests, its retries and the contract tests. Names as in the service's
/// discovery document.
/// </summary>
internal sealed class ApiMethod
{
    private readonly string[] _query;

    public ApiMethod(ApiService service, string id, HttpMethod verb, string path, RetryClass retry, params string[] query)
    {
        Service = service;
        Id = id;
        Verb = verb;
        Path = path;
        Retry = retry;
        _query = query;
    }

    public ApiService Service { get; }

    /// <summary>The discovery document's id, "storage.buckets.list".</summary>
    public string Id { get; }

    public HttpMethod Verb { get; }

    /// <summary>Below the service's base path, with {names} for what is filled in.</summary>
    public string Path { get; }

    public RetryClass Retry { get; }

    /// <summary>What stands before the service's base path: "batch" for /batch/storage/v1; null for nothing.</summary>
    public string? Mount { get; init; }

    /// <summary>A method of Storage's XML API: its path is below the host itself, and its refusals are no JSON.</summary>
    public bool IsXml { get; init; }

    /// <summary>The query parameters it knows, besides those every method has.</summary>
    public IReadOnlyList<string> Query => _query;

    /// <summary>True where the method, or every method, has the query parameter.</summary>
    public bool Knows(string parameter) => parameter is "fields" or "userProject" or "prettyPrint" || Array.IndexOf(_query, parameter) >= 0;

    /// <summary>Path and query of a request, every value escaped.</summary>
    /// <param name="path">A value for each {name} of the path, in order.</param>
    /// <param name="query">Name and value pairs; pairs whose value is null are left out.</param>
    public string Format(string[] path, params (string Name, string? Value)[] query)
    {
        StringBuilder text = new(128);
        int filled = 0;
        int at = 0;
        while (at < Path.Length)
        {
            int open = Path.IndexOf('{', at);
            if (open < 0)
            {
                text.Append(Path, at, Path.Length - at);
                break;
            }

            text.Append(Path, at, open - at).Append(Uri.EscapeDataString(path[filled++]));
            at = Path.IndexOf('}', open) + 1;
        }

        char separator = '?';
        foreach ((string name, string? value) in query)
        {
            if (value is null)
            {
                continue;
            }

            if (!Knows(name))
            {
                throw new ArgumentException(Id + " has no parameter " + name, nameof(query));
            }

            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return text.ToString();
    }
}
