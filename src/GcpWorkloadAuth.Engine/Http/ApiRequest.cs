using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>One call of a method of the Api tables.</summary>
/// <param name="method">The row of the table.</param>
/// <param name="pathAndQuery">Made by <see cref="ApiMethod.Format"/>.</param>
internal sealed class ApiRequest(ApiMethod method, string pathAndQuery)
{
    public ApiMethod Method { get; } = method;

    public string PathAndQuery { get; } = pathAndQuery;

    /// <summary>The body, JSON unless <see cref="ContentType"/> says otherwise; null for none.</summary>
    public byte[]? Json { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>Headers besides those that every request has. What is secret in them never shows: headers are not traced.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    /// The request carries a precondition or a requestId that makes sending it twice do no more than sending it once. Lets a method
    /// of the class <see cref="RetryClass.Conditional"/> be tried again.
    /// </summary>
    public bool IsConditioned { get; init; }

    /// <summary>How long one attempt may take; null for the usual time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What a 404 means.</summary>
    public Func<ApiRefusal, GcpException> NotFound { get; init; } =
        static refusal => Errors.RequestFailed("Google Cloud", refusal.Status, refusal.Message);

    /// <summary>What this method has its own words for; null leaves a refusal to the general ones.</summary>
    public Func<ApiRefusal, GcpException?>? Special { get; init; }

    /// <summary>Where it goes. What a method is mounted on comes before the base path, behind a prefix of the endpoint's own.</summary>
    public Uri Address(Endpoint endpoint)
    {
        string root = endpoint.Address.AbsoluteUri;
        string basePath = Method.Service.BasePath;
        if (Method.Mount is null && !Method.IsXml)
        {
            return LiteralUri.Of(root + PathAndQuery);
        }

        // An endpoint with another base path has no such methods; the host's own are the best guess.
        string before = root.EndsWith("/" + basePath, StringComparison.Ordinal)
            ? root.Substring(0, root.Length - basePath.Length)
            : endpoint.Address.GetLeftPart(UriPartial.Authority) + "/";
        if (Method.IsXml)
        {
            return new Uri(before + PathAndQuery);
        }

        string address = before + Method.Mount + "/" + basePath + PathAndQuery;
        return LiteralUri.Of(PathAndQuery.Length == 0 ? address.TrimEnd('/') : address);
    }

    /// <summary>True where it may be sent again when its answer is lost.</summary>
    public bool IsRepeatable => Method.Retry == RetryClass.Idempotent || (Method.Retry == RetryClass.Conditional && IsConditioned);
}
