using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// One small request on the way to a token, tried again where a server is busy or a connection breaks. The answer may be a refusal
/// or a redirect, which is never followed.
/// </summary>
/// <param name="method">The HTTP method.</param>
/// <param name="address">Already checked.</param>
/// <param name="headers">Names and values.</param>
/// <param name="body">What is sent with it; null for nothing.</param>
/// <param name="bodyType">The body's media type.</param>
internal sealed class SmallRequest(
    HttpMethod method, Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, byte[]? body = null, string? bodyType = null)
{
    private const int MaxAttempts = 4;
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(20);

    /// <summary>How long all attempts together may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What to send through in place of the usual connections; null for these.</summary>
    public HttpMessageInvoker? Transport { get; init; }

    /// <summary>The answer, whatever its status.</summary>
    /// <param name="cap">The largest body accepted (bytes).</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    /// <exception cref="GcpException">ConnectionFailed, ResponseTruncated, ResponseTooLarge or ServiceUnavailable.</exception>
    public async Task<HttpReply> SendAsync(int cap, EngineCall call)
    {
        Backoff backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8), Deadline);
        for (int attempt = 1; ; attempt++)
        {
            GcpException failure;
            TimeSpan? retryAfter = null;
            try
            {
                HttpReply reply = await SendOnceAsync(backoff, cap, attempt, call).ConfigureAwait(false);
                if (reply.Status is not (408 or 429 or >= 500))
                {
                    return reply;
                }

                retryAfter = reply.RetryAfter;
                failure = Refusals.WithStatus(Errors.ServiceUnavailable(address.Authority, reply.Status, attempt), reply.Status);
                reply.Dispose();
            }
            catch (TransportFailure broken)
            {
                failure = Failures.Of(broken, cap);
                if (broken.Kind == TransportFailureKind.TooLarge)
                {
                    throw failure;
                }
            }

            failure.RequestUri = DisplayUri.Of(address);
            if (attempt >= MaxAttempts || !await backoff.WaitAsync(retryAfter, call.Stopping).ConfigureAwait(false))
            {
                throw failure;
            }
        }
    }

    private async Task<HttpReply> SendOnceAsync(Backoff backoff, int cap, int attempt, EngineCall call)
    {
        using HttpRequestMessage request = new(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", HttpSender.UserAgent);
        foreach (KeyValuePair<string, string> header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", bodyType);
        }

        TimeSpan limit = backoff.Left < s_attempt ? backoff.Left : s_attempt;
        HttpMessageInvoker transport = Transport ?? (TokenSourceUrl.IsNear(address) ? HttpTransport.Direct : HttpTransport.For(address));
        return await HttpSender.SendAsync(transport, request, limit, cap, attempt, call).ConfigureAwait(false);
    }
}
