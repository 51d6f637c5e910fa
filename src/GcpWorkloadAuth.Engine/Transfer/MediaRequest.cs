using System;
using System.Collections.Generic;
using System.Net.Http;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>One request whose body or answer is an object's content.</summary>
/// <param name="method">The row of the table.</param>
/// <param name="pathAndQuery">Made by <see cref="ApiMethod.Format"/>; empty where <see cref="Session"/> is given.</param>
internal sealed class MediaRequest(ApiMethod method, string pathAndQuery)
{
    public ApiMethod Method { get; } = method;

    public string PathAndQuery { get; } = pathAndQuery;

    /// <summary>The address of a resumable session, as the server gave it. It is a secret: whoever has it may write.</summary>
    public Uri? Session { get; init; }

    /// <summary>Makes the body anew for each time it is sent; null for none.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>Headers besides those that every request has.</summary>
    public List<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What a 404 means.</summary>
    public Func<ApiRefusal, GcpException> NotFound { get; init; } =
        static refusal => Errors.RequestFailed("Cloud Storage", refusal.Status, refusal.Message);

    /// <summary>Statuses that are answers and no refusals, besides 2xx: 308, 404, 412, 416 ...</summary>
    public Func<int, bool>? IsAnswer { get; init; }

    public MediaRequest With(string name, string value)
    {
        Headers.Add(new(name, value));
        return this;
    }
}
