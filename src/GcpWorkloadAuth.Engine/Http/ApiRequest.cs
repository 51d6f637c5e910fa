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

    /// <summary>The JSON body; null for none.</summary>
    public byte[]? Json { get; init; }

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

    /// <summary>True where it may be sent again when its answer is lost.</summary>
    public bool IsRepeatable => Method.Retry == RetryClass.Idempotent || (Method.Retry == RetryClass.Conditional && IsConditioned);
}
