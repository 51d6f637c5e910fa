using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>One attempt: sends a request, reads the whole answer up to a cap within a time, and tells -Verbose about it.</summary>
internal static class HttpSender
{
    /// <summary>Google compresses answers only for user agents that say gzip.</summary>
    public const string UserAgent = "GcpWorkloadAuth/" + BuildInfo.Version + " (gzip)";

    /// <summary>The answer, whatever its status.</summary>
    /// <param name="transport">The pool to send through.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="timeout">How long the whole answer may take; with <paramref name="output"/>, each part of it.</param>
    /// <param name="bodyCap">The largest body accepted. What goes to <paramref name="output"/> has no limit.</param>
    /// <param name="attempt">1 for the first attempt.</param>
    /// <param name="call">Whom to tell, when to stop.</param>
    /// <param name="output">Takes the body of a successful answer as it comes; the reply's own is empty then.</param>
    /// <exception cref="TransportFailure">No whole answer came.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public static async Task<HttpReply> SendAsync(
        HttpMessageInvoker transport,
        HttpRequestMessage request,
        TimeSpan timeout,
        int bodyCap,
        int attempt,
        EngineCall call,
        Stream? output = null)
    {
        Uri uri = request.RequestUri!;
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stopping);
        limit.CancelAfter(timeout);
#if !NET
        // .NET Framework would ask for leave to send a body first, and wait for it.
        request.Headers.ExpectContinue = false;
#endif
        bool answered = false;
        try
        {
            using HttpResponseMessage response = await transport.SendAsync(request, limit.Token).ConfigureAwait(false);
            answered = true;
            HttpReply reply = output is not null && response.IsSuccessStatusCode
                ? await CopyAsync(response, output, timeout, limit).ConfigureAwait(false)
                : await ReadAsync(response, uri, bodyCap, IsHead(request), limit.Token).ConfigureAwait(false);
            if (call.Events.WantsExchanges)
            {
                call.Events.Exchange(
                    new HttpExchange(request.Method.Method, DisplayUri.Of(uri), reply.Status, Elapsed(start), attempt, null));
            }

            return reply;
        }
        catch (Exception e) when (!call.Stopping.IsCancellationRequested && e is not TransportFailure { Kind: TransportFailureKind.TooLarge or TransportFailureKind.Output })
        {
            TransportFailure failure = Explain(e, uri, timeout, answered);
            if (call.Events.WantsExchanges)
            {
                call.Events.Exchange(
                    new HttpExchange(request.Method.Method, DisplayUri.Of(uri), null, Elapsed(start), attempt, failure.Message));
            }

            throw failure;
        }
        catch (Exception e) when (call.Stopping.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException(call.Stopping);
        }
    }

    /// <summary>Reads the words of a refusal whose head has come.</summary>
    public static async Task<HttpReply> ReadWordsAsync(HttpResponseMessage response, Uri uri, int cap, CancellationToken stopping)
    {
        try
        {
            return await ReadAsync(response, uri, cap, isHead: false, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TransportFailure)
        {
            // The status says enough.
            return Reply(response, [], 0);
        }
    }

    /// <summary>What an exception of the HTTP client means.</summary>
    public static TransportFailure ExplainFailure(Exception e, Uri uri, TimeSpan timeout, bool answered) => Explain(e, uri, timeout, answered);

    private static long Elapsed(long start) => (Stopwatch.GetTimestamp() - start) * 1000 / Stopwatch.Frequency;

    // The length that answers a HEAD is that of a body which does not come.
    private static bool IsHead(HttpRequestMessage request) => request.Method == HttpMethod.Head;

    private static async Task<HttpReply> ReadAsync(
        HttpResponseMessage response, Uri uri, int cap, bool isHead, CancellationToken stopping)
    {
        long? announced = isHead ? 0 : response.Content.Headers.ContentLength;
        if (announced > cap)
        {
            throw TooLarge(uri);
        }

        byte[] buffer = Buffers.Rent((int)(announced ?? 16 * 1024) + 1);
        int length = 0;
        try
        {
#if NET
            using Stream body = await response.Content.ReadAsStreamAsync(stopping).ConfigureAwait(false);
#else
            using Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            while (true)
            {
                if (length == buffer.Length)
                {
                    byte[] larger = Buffers.Rent(buffer.Length * 2);
                    Buffer.BlockCopy(buffer, 0, larger, 0, length);
                    Buffers.Return(buffer, clear: true);
                    buffer = larger;
                }

#if NET
                int read = await body.ReadAsync(buffer.AsMemory(length), stopping).ConfigureAwait(false);
#else
                int read = await body.ReadAsync(buffer, length, buffer.Length - length, stopping).ConfigureAwait(false);
#endif
                if (read == 0)
                {
                    break;
                }

                length += read;
                if (length > cap)
                {
                    throw TooLarge(uri);
                }
            }

            if (announced > length)
            {
                throw new EndOfStreamException("the answer broke off");
            }
        }
        catch
        {
            Buffers.Return(buffer, clear: true);
            throw;
        }

        return Reply(response, buffer, length);
    }

    // The time-out begins anew with every part: a large body may take as long as it keeps coming.
    private static async Task<HttpReply> CopyAsync(
        HttpResponseMessage response, Stream output, TimeSpan timeout, CancellationTokenSource limit)
    {
        long? announced = IsHead(response.RequestMessage!) ? 0 : response.Content.Headers.ContentLength;
        byte[] buffer = Buffers.Rent(128 * 1024);
        long length = 0;
        try
        {
#if NET
            using Stream body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
#else
            using Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            while (true)
            {
                limit.CancelAfter(timeout);
#if NET
                int read = await body.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
#else
                int read = await body.ReadAsync(buffer, 0, buffer.Length, limit.Token).ConfigureAwait(false);
#endif
                if (read == 0)
                {
                    break;
                }

                length += read;
                await WriteAsync(output, buffer, read, response.RequestMessage!.RequestUri!, limit.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Buffers.Return(buffer, clear: true);
        }

        return announced > length ? throw new EndOfStreamException("the answer broke off") : Reply(response, [], 0);
    }

    private static async Task WriteAsync(Stream output, byte[] buffer, int count, Uri uri, CancellationToken stopping)
    {
        try
        {
#if NET
            await output.WriteAsync(buffer.AsMemory(0, count), stopping).ConfigureAwait(false);
#else
            await output.WriteAsync(buffer, 0, count, stopping).ConfigureAwait(false);
#endif
        }
        catch (IOException e)
        {
            throw new TransportFailure(TransportFailureKind.Output, uri.Authority, e.Message, e);
        }
    }

    private static HttpReply Reply(HttpResponseMessage response, byte[] buffer, int length)
    {
        HttpResponseHeaders headers = response.Headers;
        HttpContentHeaders contentHeaders = response.Content.Headers;
        return new HttpReply((int)response.StatusCode, name => Find(headers, name) ?? Find(contentHeaders, name), buffer, length);
    }

    private static string? Find(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(",", values) : null;

    private static TransportFailure TooLarge(Uri uri) => new(TransportFailureKind.TooLarge, uri.Authority, "the answer is too large");

    private static TransportFailure Explain(Exception e, Uri uri, TimeSpan timeout, bool answered)
    {
        if (e is OperationCanceledException)
        {
            return new TransportFailure(
                TransportFailureKind.Timeout, uri.Authority, FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s"), e)
            {
                Seconds = timeout.TotalSeconds,
            };
        }

        TransportFailureKind kind = answered ? TransportFailureKind.Truncated : TransportFailureKind.Connection;
        return new TransportFailure(kind, uri.Authority, Innermost(e), e);
    }

    // "An error occurred while sending the request" says nothing; what lies below it does.
    private static string Innermost(Exception e)
    {
        Exception deepest = e;
        while (deepest.InnerException is { } inner && deepest is not AuthenticationException)
        {
            deepest = inner;
        }

        return deepest.Message;
    }
}
