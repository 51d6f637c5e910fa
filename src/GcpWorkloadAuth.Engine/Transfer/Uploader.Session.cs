using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <content>
/// A resumable session: all that is left goes as one body, and after a break the server says how far it has come. Source:
/// https://cloud.google.com/storage/docs/performing-resumable-uploads.
/// </content>
internal sealed partial class Uploader
{
    private const int MaxSessions = 4;

    private async Task<GcsObject> SendSessionAsync(UploadSource source)
    {
        RunningCrc crc = new();
        long? condition = FirstCondition;
        UploadNote? note = request.NoResume ? null : UploadNote.Find(request, source);
        if (note is not null)
        {
            condition = note.Condition;
        }

        for (int looks = 1; ; looks++)
        {
            try
            {
                GcsObject stored = await SendSessionAsync(source, crc, condition, note).ConfigureAwait(false);
                return await CheckAsync(stored, crc.Value, source.Length).ConfigureAwait(false);
            }
            catch (RefusedException refused) when (refused.Refusal.Status == 412)
            {
                note = null;
                bool isWhole = crc.Position == source.Length;
                (GcsObject? done, long next) = await SettleAsync(refused, condition, isWhole ? crc.Value : null, source.Length, looks).ConfigureAwait(false);
                if (done is not null)
                {
                    return done;
                }

                condition = next;
            }
        }
    }

    private async Task<GcsObject> SendSessionAsync(UploadSource source, RunningCrc crc, long? condition, UploadNote? note)
    {
        Uri? session = note?.Session;
        bool asks = session is not null;
        long at = 0;
        int sessions = 0;
        while (true)
        {
            try
            {
                if (session is null)
                {
                    if (++sessions > MaxSessions)
                    {
                        throw Errors.UploadSessionLost(request.Target.ToString());
                    }

                    session = await StartSessionAsync(source.Length, source, condition).ConfigureAwait(false);
                    note = request.NoResume || request.Path is null || request.Gzip ? null : UploadNote.Begin(request, source, session, condition);
                    at = 0;
                }

                SessionAnswer answer = asks
                    ? await AskAsync(session, source.Length).ConfigureAwait(false)
                    : await PutAsync(session, source, at, source.Length, source.Length, crc).ConfigureAwait(false);
                if (answer.Stored is { } stored)
                {
                    request.Progress?.Add(asks ? source.Length - at : 0);
                    crc.CatchUp(source, source.Length, call);
                    note?.Delete();
                    return stored;
                }

                asks = false;
                if (answer.IsGone)
                {
                    note?.Delete();
                    request.Progress?.Add(-at);
                    (session, note) = (null, null);
                    continue;
                }

                if (note is { IsFresh: false } && at == 0)
                {
                    _resumed = answer.Persisted;
                    note.IsFresh = true;
                }

                if (answer.Persisted > at)
                {
                    _patience.Progressed();
                }

                // Lower than what was sent: that part goes again. The progress counted only what is settled.
                request.Progress?.Add(answer.Persisted - at);
                at = answer.Persisted;
                crc.CatchUp(source, at, call);
            }
            catch (Exception e) when (e is TransportFailure or RefusedException { Refusal.IsTransient: true })
            {
                _isLost |= IsLostAnswer(e);
                await _patience.WaitAsync(e, isRepeatable: true, call).ConfigureAwait(false);
                asks = session is not null;
            }
            catch (Exception e)
            {
                // Stopped: what the note knows stays for a later run. Anything else leaves nothing.
                if (note is null || e is not OperationCanceledException)
                {
                    note?.Delete();
                    await CancelAsync(session).ConfigureAwait(false);
                }

                throw;
            }
        }
    }

    private async Task<Uri> StartSessionAsync(long? length, UploadSource? source, long? condition)
    {
        byte[] resource = ObjectResource.Write(request, source, null);
        while (true)
        {
            using StallWatch watch = new(call.Stopping);
            try
            {
                MediaRequest media = new(StorageTransfersApi.Insert, InsertPath("resumable", condition))
                {
                    NotFound = _ => BucketNotFound(),
                    Body = () =>
                    {
                        ByteArrayContent body = new(resource);
                        body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=UTF-8");
                        return body;
                    },
                };
                media.With("X-Upload-Content-Type", ObjectResource.TypeOf(request));
                if (length is { } known)
                {
                    media.With("X-Upload-Content-Length", known.ToString(CultureInfo.InvariantCulture));
                }

                AddKey(media);
                using HttpResponseMessage response = await client.SendAsync(media, watch, _patience.Attempt, call).ConfigureAwait(false);
                return response.Headers.Location is { IsAbsoluteUri: true } location
                    ? location
                    : throw Errors.UploadSessionLost(request.Target.ToString());
            }
            catch (Exception e) when (e is TransportFailure or RefusedException { Refusal.IsTransient: true })
            {
                // A session that nobody knows of ends by itself.
                await _patience.WaitAsync(e, isRepeatable: true, call).ConfigureAwait(false);
            }
        }
    }

    private Task<SessionAnswer> AskAsync(Uri session, long? total) => SessionAsync(
        session, "bytes */" + (total?.ToString(CultureInfo.InvariantCulture) ?? "*"), static _ => new ByteArrayContent([]));

    private Task<SessionAnswer> PutAsync(Uri session, UploadSource source, long from, long to, long? total, RunningCrc crc, long sourceStart = 0)
    {
        string all = total?.ToString(CultureInfo.InvariantCulture) ?? "*";
        string range = to > from ? FormattableString.Invariant($"bytes {from}-{to - 1}/{all}") : "bytes */" + all;
        return SessionAsync(
            session,
            range,
            watch => new SourceBody(source, from - sourceStart, to - sourceStart, watch, request.Progress) { Crc = crc });
    }

    private async Task<SessionAnswer> SessionAsync(Uri session, string range, Func<StallWatch, HttpContent> body)
    {
        await TransferGate.Shared.EnterAsync(call.Stopping).ConfigureAwait(false);
        bool succeeded = false;
        HttpContent? sent = null;
        try
        {
            using StallWatch watch = new(call.Stopping);
            MediaRequest media = new(StorageTransfersApi.SessionUpdate, string.Empty)
            {
                Session = session,
                Body = () => sent = body(watch),
                IsAnswer = static status => status is 308 or 404 or 410 or 499,
            };
            AddKey(media);
            media.With("Content-Range", range);
            using HttpResponseMessage response = await client.SendAsync(media, watch, _patience.Attempt, call).ConfigureAwait(false);
            SessionAnswer answer = (int)response.StatusCode switch
            {
                308 => new SessionAnswer(Persisted(response)),
                404 or 410 or 499 => SessionAnswer.Gone,
                _ => new SessionAnswer(await ReadObjectAsync(response, watch).ConfigureAwait(false)),
            };
            succeeded = true;
            if (answer.Stored is null)
            {
                request.Progress?.Add(-((sent as SourceBody)?.Sent ?? 0));
            }

            return answer;
        }
        catch
        {
            request.Progress?.Add(-((sent as SourceBody)?.Sent ?? 0));
            throw;
        }
        finally
        {
            TransferGate.Shared.Leave(succeeded);
        }
    }

    // "bytes=0-N"; without it nothing has arrived.
    private static long Persisted(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Range", out IEnumerable<string>? values))
        {
            return 0;
        }

        string text = string.Concat(values);
        int dash = text.LastIndexOf('-');
        return dash >= 0 && long.TryParse(text.Substring(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long last) ? last + 1 : 0;
    }

    // Best effort, and soon: who pressed Ctrl+C waits.
    private async Task CancelAsync(Uri? session)
    {
        if (session is null)
        {
            return;
        }

        using CancellationTokenSource limit = new(TimeSpan.FromMilliseconds(700));
        EngineCall last = new(call.Events, limit.Token);
        try
        {
            using StallWatch watch = new(limit.Token);
            MediaRequest media = new(StorageTransfersApi.SessionDelete, string.Empty)
            {
                Session = session,
                IsAnswer = static status => status is 499 or 404 or 410,
            };
            using HttpResponseMessage response = await client.SendAsync(media, watch, 1, last).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TransportFailure or RefusedException or OperationCanceledException or GcpException)
        {
            // It ends by itself after a week, and holds no object.
        }
    }

    private sealed class SessionAnswer
    {
        public static readonly SessionAnswer Gone = new(0) { IsGone = true };

        public SessionAnswer(long persisted) => Persisted = persisted;

        public SessionAnswer(GcsObject stored) => Stored = stored;

        public GcsObject? Stored { get; }

        public long Persisted { get; }

        public bool IsGone { get; private init; }
    }
}
