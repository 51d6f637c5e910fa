using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// Sends requests with contents, one attempt at a time: by the same rules for addresses and tokens as all others, through a pool that unpacks
/// nothing, and with a limit on how long nothing may move in place of one on the whole.
/// </summary>
internal sealed class MediaClient(ApiClient client)
{
    private const int LargestWords = 256 * 1024;

    /// <summary>The answer's head; its body is still to come. Refusals that are no answers are thrown, as failures with their class.</summary>
    /// <exception cref="TransportFailure">No answer came.</exception>
    /// <exception cref="RefusedException">The server refused.</exception>
    public async Task<HttpResponseMessage> SendAsync(MediaRequest request, StallWatch watch, int attempt, EngineCall call)
    {
        (Endpoint endpoint, CachedToken? token) = await client.GrantAsync(request.Method.Service, call).ConfigureAwait(false);
        Uri uri = request.Session ?? ApiClient.AddressOf(endpoint, request.Method, request.PathAndQuery);
        if (request.Session is not null && !IsBeside(request.Session, endpoint.Address))
        {
            throw Errors.RedirectRefused(endpoint.Address.Authority, request.Session.Authority);
        }

        for (bool renewed = false; ; renewed = true)
        {
            HttpResponseMessage response = await SendOnceAsync(request, uri, token, watch, attempt, call).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode || request.IsAnswer?.Invoke(status) == true)
            {
                return response;
            }

            using (response)
            {
                using HttpReply reply = await HttpSender.ReadWordsAsync(response, uri, LargestWords, watch.Token).ConfigureAwait(false);
                if (status == 401 && token is not null && !renewed && client.CanRenew)
                {
                    token = await client.RenewAsync(token, call).ConfigureAwait(false);
                    continue;
                }

                ApiRefusal refusal = client.ReadMediaRefusal(reply, request.Method.Service, uri, attempt);
                throw new RefusedException(refusal.Explain(request.NotFound), refusal, reply.RetryAfter);
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        MediaRequest request, Uri uri, CachedToken? token, StallWatch watch, int attempt, EngineCall call)
    {
        HttpRequestMessage message = new(request.Method.Verb, uri);
        client.Sign(message, token);

        // Always: else an object stored with the encoding gzip would come unpacked, without length, range or checksum.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        message.Content = request.Body?.Invoke();
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        if (message.Content is null && request.Method.Verb != HttpMethod.Get)
        {
            message.Content = new ByteArrayContent([]);
        }

#if !NET
        message.Headers.ExpectContinue = false;
#endif
        long start = Stopwatch.GetTimestamp();
        watch.Touch();
        try
        {
            HttpResponseMessage response = await HttpTransport.ForMedia(uri).SendAsync(message, watch.Token).ConfigureAwait(false);
            watch.Touch();
            Tell(call, message, uri, (int)response.StatusCode, start, attempt, null);
            return response;
        }
        catch (Exception e) when (!call.Stopping.IsCancellationRequested && e is not (GcpException or LocalFailure))
        {
            if (LocalFailure.In(e) is { } local)
            {
                throw local;
            }

            TransportFailure failure = HttpSender.ExplainFailure(e, uri, StallWatch.Limit, answered: false);
            Tell(call, message, uri, null, start, attempt, failure.Message);
            throw failure;
        }
        catch (Exception e) when (call.Stopping.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException(call.Stopping);
        }
        finally
        {
            message.Dispose();
        }
    }

    // A session is on the host that it was asked of. One that a note or an answer names elsewhere gets nothing.
    private static bool IsBeside(Uri session, Uri endpoint) =>
        session.Scheme == endpoint.Scheme && string.Equals(session.Authority, endpoint.Authority, StringComparison.OrdinalIgnoreCase);

    private static void Tell(EngineCall call, HttpRequestMessage message, Uri uri, int? status, long start, int attempt, string? failure)
    {
        if (call.Events.WantsExchanges)
        {
            long elapsed = (Stopwatch.GetTimestamp() - start) * 1000 / Stopwatch.Frequency;
            call.Events.Exchange(new HttpExchange(message.Method.Method, DisplayUri.Of(uri), status, elapsed, attempt, failure));
        }
    }
}

/// <summary>The server refused; what it means to the user, and what to a retry.</summary>
internal sealed class RefusedException(GcpException failure, ApiRefusal refusal, TimeSpan? retryAfter) : Exception(failure.Message)
{
    public GcpException Failure { get; } = failure;

    public ApiRefusal Refusal { get; } = refusal;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>What went wrong on this machine (a file, a stream) while a request was under way: no use to repeat it.</summary>
internal sealed class LocalFailure(GcpException failure) : Exception(failure.Message)
{
    public GcpException Failure { get; } = failure;

    /// <summary>The one that an HTTP client has wrapped up; null for none.</summary>
    public static LocalFailure? In(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is LocalFailure local)
            {
                return local;
            }
        }

        return null;
    }
}
