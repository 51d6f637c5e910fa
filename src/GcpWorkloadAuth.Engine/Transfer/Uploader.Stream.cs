using System;
using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <content>
/// What cannot be read again: piece after piece through a session, each kept until the server has it. A piece is a multiple of 256 KiB, as
/// the service demands.
/// </content>
internal sealed partial class Uploader
{
    private const int StreamPiece = 8 * 1024 * 1024;

    private async Task<TransferResult> RunStreamAsync(Stream stream)
    {
        byte[] buffer = Buffers.Rent(StreamPiece);
        try
        {
            int length = await FillAsync(stream, buffer).ConfigureAwait(false);
            if (length < StreamPiece)
            {
                using MemorySource whole = new(request.Target.ToString(), buffer, length);
                return await RunSourceAsync(whole).ConfigureAwait(false);
            }

            GcsObject stored = await SendPiecesAsync(stream, buffer).ConfigureAwait(false);
            return new TransferResult(stored, stored.Size ?? 0, 0, _clock.ElapsedMilliseconds);
        }
        finally
        {
            Buffers.Return(buffer, clear: true);
        }
    }

    private async Task<GcsObject> SendPiecesAsync(Stream stream, byte[] buffer)
    {
        Uri? session = null;
        RunningCrc crc = new();
        long? condition = FirstCondition;
        try
        {
            session = await StartStreamAsync(condition).ConfigureAwait(false);
            long start = 0;
            int length = StreamPiece;
            while (true)
            {
                bool isLast = length < StreamPiece;
                request.Progress?.AddTotal(length);
                GcsObject? stored = await SendPieceAsync(session, buffer, start, length, isLast ? start + length : null, crc).ConfigureAwait(false);
                if (stored is not null)
                {
                    return await CheckAsync(stored, crc.Value, start + length).ConfigureAwait(false);
                }

                start += length;
                length = await FillAsync(stream, buffer).ConfigureAwait(false);
            }
        }
        catch (RefusedException refused) when (refused.Refusal.Status == 412)
        {
            (GcsObject? done, _) = await SettleAsync(refused, condition, crc.Value, crc.Position, MaxLooks).ConfigureAwait(false);
            return done ?? throw refused.Failure;
        }
        catch
        {
            await CancelAsync(session).ConfigureAwait(false);
            throw;
        }
    }

    // The condition is settled before the first byte goes: what is gone cannot be sent again.
    private async Task<Uri> StartStreamAsync(long? condition)
    {
        for (int looks = 1; ; looks++)
        {
            try
            {
                return await StartSessionAsync(null, null, condition).ConfigureAwait(false);
            }
            catch (RefusedException refused) when (refused.Refusal.Status == 412)
            {
                (_, long next) = await SettleAsync(refused, condition, null, null, looks).ConfigureAwait(false);
                condition = next;
            }
        }
    }

    /// <summary>Sends a piece until the server has all of it. The object where it was the last one.</summary>
    private async Task<GcsObject?> SendPieceAsync(Uri session, byte[] buffer, long start, int length, long? total, RunningCrc crc)
    {
        using MemorySource piece = new(request.Target.ToString(), buffer, length);
        crc.Feed(start, buffer, 0, length);
        long at = start;
        bool asks = false;
        while (true)
        {
            try
            {
                SessionAnswer answer = asks
                    ? await AskAsync(session, total).ConfigureAwait(false)
                    : await PutAsync(session, piece, at, start + length, total, new RunningCrc(), start).ConfigureAwait(false);
                asks = false;
                if (answer.Stored is { } stored)
                {
                    return stored;
                }

                // Behind us, or ahead of us: neither can be made good.
                if (answer.IsGone || answer.Persisted < start || answer.Persisted > start + length)
                {
                    throw Errors.UploadSessionLost(request.Target.ToString());
                }

                if (answer.Persisted > at)
                {
                    _patience.Progressed();
                }

                request.Progress?.Add(answer.Persisted - at);
                at = answer.Persisted;
                if (at == start + length && total is null)
                {
                    return null;
                }
            }
            catch (Exception e) when (e is TransportFailure or RefusedException { Refusal.IsTransient: true })
            {
                _isLost |= IsLostAnswer(e);
                await _patience.WaitAsync(e, isRepeatable: true, call).ConfigureAwait(false);
                asks = true;
            }
        }
    }

    private async Task<int> FillAsync(Stream stream, byte[] buffer)
    {
        int length = 0;
        try
        {
            while (length < StreamPiece)
            {
#if NET
                int read = await stream.ReadAsync(buffer.AsMemory(length, StreamPiece - length), call.Stopping).ConfigureAwait(false);
#else
                int read = await stream.ReadAsync(buffer, length, StreamPiece - length, call.Stopping).ConfigureAwait(false);
#endif
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (IOException e)
        {
            throw Errors.FileNotReadable(request.Target.ToString(), e.Message);
        }

        return length;
    }
}
