using System;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>How often, and for how long, a request may be sent again. POST and PATCH never are.</summary>
internal static class RestRetries
{
    private const int Usual = 5;
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_chosen = TimeSpan.FromMinutes(15);

    /// <exception cref="GcpException">The user asks for what must not be done.</exception>
    public static int Of(RestRequest request) => request.Method switch
    {
        "GET" or "HEAD" => request.MaximumRetryCount ?? Usual,

        // Idempotent by RFC 9110, but a DELETE whose answer was lost is a 404 the second time: only where the user says so.
        "PUT" or "DELETE" => request.MaximumRetryCount ?? 0,
        _ when request.MaximumRetryCount > 0 => throw Errors.RestRetryNotAllowed(request.Method),
        _ => 0,
    };

    public static TimeSpan DeadlineOf(RestRequest request) => request.MaximumRetryCount is null ? s_usual : s_chosen;
}
