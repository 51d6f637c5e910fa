using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>
/// Sends calls a hundred in a request. Each call has its own outcome: what a broken answer leaves open is tried again by itself, with the
/// others that are open, and never those that are settled.
/// </summary>
internal sealed class ObjectBatch(ApiClient client)
{
    /// <summary>Source: https://cloud.google.com/storage/docs/batch, "no more than 100 calls".</summary>
    public const int MaxCalls = 100;

    private const int MaxAttempts = 6;
    private const int AloneAtOnce = 8;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);

    /// <summary>Sends the calls. No failure of theirs is thrown: each is in its call.</summary>
    /// <exception cref="GcpException">No call could be made: no credential, an endpoint that may not have a token, a refused batch.</exception>
    public async Task SendAsync(IReadOnlyList<BatchCall> calls, EngineCall call)
    {
        for (int at = 0; at < calls.Count; at += MaxCalls)
        {
            List<BatchCall> hundred = new(MaxCalls);
            for (int i = at; i < calls.Count && i < at + MaxCalls; i++)
            {
                hundred.Add(calls[i]);
            }

            await SendHundredAsync(hundred, call).ConfigureAwait(false);
        }
    }

    private async Task SendHundredAsync(List<BatchCall> open, EngineCall call)
    {
        Backoff backoff = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(16), s_deadline);
        for (int attempt = 1; open.Count > 1; attempt++)
        {
            List<BatchCall> alone = [];
            (open, TimeSpan? retryAfter) = await SendOnceAsync(open, alone, call).ConfigureAwait(false);
            await SendAloneAsync(alone, call).ConfigureAwait(false);
            if (open.Count > 0 && (attempt >= MaxAttempts || !await backoff.WaitAsync(retryAfter, call.Stopping).ConfigureAwait(false)))
            {
                return;
            }
        }

        await SendAloneAsync(open, call).ConfigureAwait(false);
    }

    // What is still open afterwards; and into alone what a request of its own may help.
    private async Task<(List<BatchCall> Open, TimeSpan? RetryAfter)> SendOnceAsync(
        List<BatchCall> calls, List<BatchCall> alone, EngineCall call)
    {
        string boundary = "batch_" + Guid.NewGuid().ToString("N");
        List<ApiRequest> requests = calls.ConvertAll(static c => c.Request);
        ApiRequest batch = new(StorageObjectsApi.Batch, StorageObjectsApi.Batch.Format([]))
        {
            Json = MultipartMixed.Write(requests, boundary),
            ContentType = "multipart/mixed; boundary=" + boundary,
        };
        HttpReply reply;
        try
        {
            reply = await client.SendAsync(batch, call).ConfigureAwait(false);
        }
        catch (GcpException failure) when (IsPassing(failure))
        {
            bool mayBeDone = failure.StatusCode is null or >= 500;
            return (calls.FindAll(c => Retry(c, failure, mayBeDone)), null);
        }
        catch (GcpException failure) when (failure.StatusCode is 404 or 405 or 501)
        {
            // An endpoint without batches (a private one, another emulator).
            alone.AddRange(calls);
            return ([], null);
        }

        using (reply)
        {
            return ReadParts(calls, alone, MultipartMixed.Read(reply));
        }
    }

    private (List<BatchCall> Open, TimeSpan? RetryAfter) ReadParts(
        List<BatchCall> calls, List<BatchCall> alone, Dictionary<int, HttpReply> parts)
    {
        List<BatchCall> open = [];
        TimeSpan? retryAfter = null;
        for (int i = 0; i < calls.Count; i++)
        {
            BatchCall one = calls[i];
            if (!parts.TryGetValue(i, out HttpReply? part))
            {
                if (Retry(one, Errors.ResponseTruncated(one.Request.Method.Service.Title), mayBeDone: true))
                {
                    open.Add(one);
                }

                continue;
            }

            if (part.IsSuccess)
            {
                one.Succeed(part.Body, () => Errors.ResponseTruncated(one.Request.Method.Service.Title));
                continue;
            }

            ApiRefusal refusal = client.ReadRefusal(part, one.Request);
            GcpException failure = refusal.Explain(one.Request.NotFound, one.Request.Special);
            if (refusal.Status == 401)
            {
                // A token that ended on the way: a request of its own renews it.
                alone.Add(one);
            }
            else if (!refusal.IsTransient)
            {
                one.Fail(failure);
            }
            else if (Retry(one, failure, refusal.Status >= 500))
            {
                open.Add(one);
                retryAfter = part.RetryAfter > (retryAfter ?? TimeSpan.Zero) ? part.RetryAfter : retryAfter;
            }
        }

        return (open, retryAfter);
    }

    // True where it may be sent again.
    private static bool Retry(BatchCall one, GcpException failure, bool mayBeDone)
    {
        one.Lose(failure.ForAnotherItem(), mayBeDone);
        return one.Request.IsRepeatable || !mayBeDone;
    }

    private async Task SendAloneAsync(List<BatchCall> calls, EngineCall call)
    {
        List<Task> running = [];
        foreach (BatchCall one in calls)
        {
            if (running.Count >= AloneAtOnce)
            {
                running.Remove(await Task.WhenAny(running).ConfigureAwait(false));
            }

            running.Add(SendAloneAsync(one, call));
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task SendAloneAsync(BatchCall one, EngineCall call)
    {
        try
        {
            using HttpReply reply = await client.SendAsync(one.Request, call).ConfigureAwait(false);
            one.Succeed(reply.Body, () => Errors.ResponseTruncated(one.Request.Method.Service.Title));
        }
        catch (GcpException failure)
        {
            one.Fail(failure);
        }
    }

    private static bool IsPassing(GcpException failure) =>
        failure.StatusCode is { } status
            ? status is 408 or 429 or (>= 500 and not 501)
            : failure.Kind is GcpErrorKind.Connection or GcpErrorKind.Timeout;
}
