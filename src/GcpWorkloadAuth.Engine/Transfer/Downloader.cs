using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Brings one object to one file.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="objects">Asked for a checksum where an answer with the content has none.</param>
/// <param name="request">What is wanted.</param>
/// <param name="call">Whom to tell, when to stop.</param>
internal sealed class Downloader(MediaClient client, ObjectService objects, ObjectDownload request, EngineCall call)
{
    // Up to here it is checked in memory and written in one piece.
    private const int Small = 256 * 1024;
    private const int Block = 128 * 1024;
    private const long WorthStreams = 32L * 1024 * 1024;

    // More than processors only make each other wait; some more than one fill a line that one connection does not.
    private static readonly int s_defaultStreams = Math.Min(8, Math.Max(2, Environment.ProcessorCount));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _resumed;
    private bool _isTotalTold;

    public async Task<TransferResult> RunAsync()
    {
        TargetFile.Demand(request.Path, request.Overwrite);
        try
        {
            return await OnceAsync(mayResume: !request.NoResume).ConfigureAwait(false);
        }
        catch (GcpException failure) when (failure.ErrorId == nameof(Resources.Strings.HashMismatch))
        {
            // Once more from the beginning: what a line has broken comes whole the second time.
            return await OnceAsync(mayResume: false).ConfigureAwait(false);
        }
    }

    private async Task<TransferResult> OnceAsync(bool mayResume)
    {
        if (mayResume && request.Source.Generation is null && DownloadNote.Exists(request))
        {
            // An earlier run left something: is it still the same?
            ObjectAddress address = new(request.Source.Bucket, request.Source.Name);
            request = request with { Source = await objects.GetAsync(address, call).ConfigureAwait(false) };
        }

        if (mayResume && DownloadNote.Find(request) is { } note)
        {
            GcsObject noted = note.Describe(request.Source);
            if (TargetFile.Reopen(request.Path, note.PartialPath) is { } begun)
            {
                using (begun)
                {
                    return await FetchAsync(noted, note.Pieces, begun, null, note).ConfigureAwait(false);
                }
            }

            note.Delete();
        }

        using RangeReader reader = new(client, request.Source, request.Key, 0, null, request.Progress);
        await reader.OpenAsync(call).ConfigureAwait(false);
        GcsObject found = reader.Object;
        long size = found.Size ?? 0;
        TellTotal(size);
        if (size <= Small)
        {
            return await FetchSmallAsync(reader, (int)size).ConfigureAwait(false);
        }

        int streams = request.Streams > 0 ? request.Streams : size >= WorthStreams ? s_defaultStreams : 1;
        List<Piece> pieces = RangePlan.Make(size, found.Generation is null ? 1 : streams);
        using TargetFile file = TargetFile.Create(request.Path, size);
        bool isWorthNote = mayResume && size >= DownloadNote.WorthIt && found.Generation is not null;
        DownloadNote? begin = isWorthNote ? DownloadNote.Begin(request, found, file.PartialPath, pieces) : null;
        return await FetchAsync(found, pieces, file, reader, begin).ConfigureAwait(false);
    }

    private async Task<TransferResult> FetchSmallAsync(RangeReader reader, int size)
    {
        byte[] buffer = Buffers.Rent(Math.Max(size, 1));
        try
        {
            int length = 0;
            while (length < size && await reader.ReadAsync(buffer, length, size - length, call).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
            }

            reader.Dispose();
            GcsObject found = await WithChecksumAsync(reader.Object).ConfigureAwait(false);
            Check(found, reader.Crc);
            using TargetFile file = TargetFile.Create(request.Path, 0);
            if (length > 0)
            {
                file.Write(0, buffer, length);
            }

            return Complete(found, file);
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }

    private async Task<TransferResult> FetchAsync(
        GcsObject found, List<Piece> pieces, TargetFile file, RangeReader? first, DownloadNote? note)
    {
        try
        {
            foreach (Piece piece in pieces)
            {
                Reread(file, piece);
            }

            TellTotal(found.Size ?? 0);
            int streams = request.Streams > 0 ? request.Streams : s_defaultStreams;
            await FetchPiecesAsync(found, pieces, file, first, note, streams).ConfigureAwait(false);
            found = await WithChecksumAsync(found).ConfigureAwait(false);
            Check(found, RangePlan.Combine(pieces));
            note?.Delete();
            return Complete(found, file);
        }
        catch (Exception e)
        {
            // What a later run can go on with stays: when stopped, and when the line is lost for good.
            if (note is not null && IsWorthGoingOn(e) && note.TrySave())
            {
                file.Keep();
            }
            else
            {
                note?.Delete();
            }

            if (e is RefusedException or TransportFailure or LocalFailure)
            {
                throw Patience.MeaningOf(e);
            }

            throw;
        }
    }

    private static bool IsWorthGoingOn(Exception e) =>
        e is OperationCanceledException
        || e is GcpException { Kind: GcpErrorKind.Connection or GcpErrorKind.Timeout or GcpErrorKind.Unavailable or GcpErrorKind.Limit or GcpErrorKind.Authentication };

    // What an earlier run left counts only as far as it lies on the disk now.
    private void Reread(TargetFile file, Piece piece)
    {
        long there = piece.Position - piece.Start;
        if (there == 0)
        {
            return;
        }

        byte[] buffer = Buffers.Rent(Block);
        try
        {
            long at = piece.Start;
            uint crc = 0;
            while (at < piece.Position)
            {
                call.Stopping.ThrowIfCancellationRequested();
                int read = file.Read(at, buffer, (int)Math.Min(buffer.Length, piece.Position - at));
                if (read == 0)
                {
                    break;
                }

                crc = Crc32C.Append(crc, buffer, 0, read);
                at += read;
            }

            piece.Position = at;
            piece.Crc = crc;
            _resumed += at - piece.Start;
            request.Progress?.Add(at - piece.Start);
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }

    private async Task FetchPiecesAsync(
        GcsObject found, List<Piece> pieces, TargetFile file, RangeReader? first, DownloadNote? note, int streams)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(call.Stopping);
        EngineCall inner = new(call.Events, stop.Token);
        Queue<Piece> waiting = new();
        foreach (Piece piece in pieces)
        {
            if (!piece.IsDone)
            {
                waiting.Enqueue(piece);
            }
        }

        Task[] workers = new Task[Math.Max(1, Math.Min(streams, waiting.Count))];
        for (int i = 0; i < workers.Length; i++)
        {
            RangeReader? own = i == 0 ? first : null;
            workers[i] = Task.Run(() => WorkAsync(waiting, own, found, file, note, inner), CancellationToken.None);
        }

        Exception? failure = null;
        foreach (Task worker in workers)
        {
            try
            {
                await worker.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure = failure is null or OperationCanceledException ? e : failure;
                stop.Cancel();
            }
        }

        call.Stopping.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure).Throw();
        }
    }

    private async Task WorkAsync(
        Queue<Piece> waiting, RangeReader? own, GcsObject found, TargetFile file, DownloadNote? note, EngineCall inner)
    {
        byte[] buffer = Buffers.Rent(Block);
        try
        {
            while (Next(waiting) is { } piece)
            {
                bool isOwn = own is not null && piece.Position == own.Position;
                RangeReader reader = isOwn
                    ? own!
                    : new RangeReader(client, found, request.Key, piece.Position, piece.End, request.Progress);
                reader.StopAt(piece.End);
                try
                {
                    await FetchPieceAsync(piece, reader, buffer, file, note, inner).ConfigureAwait(false);
                }
                finally
                {
                    reader.Dispose();
                }
            }
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }

    private static async Task FetchPieceAsync(Piece piece, RangeReader reader, byte[] buffer, TargetFile file, DownloadNote? note, EngineCall inner)
    {
        uint before = piece.Crc;
        long start = piece.Position;
        while (piece.Position < piece.End)
        {
            int read = await reader.ReadAsync(buffer, 0, buffer.Length, inner).ConfigureAwait(false);
            if (read == 0)
            {
                throw Errors.ResponseTruncated("Cloud Storage");
            }

            file.Write(piece.Position, buffer, read);
            piece.Position += read;
            note?.Tick();
        }

        piece.Crc = Crc32C.Combine(before, reader.Crc, piece.End - start);
    }

    private static Piece? Next(Queue<Piece> waiting)
    {
        lock (waiting)
        {
            return waiting.Count > 0 ? waiting.Dequeue() : null;
        }
    }

    private async Task<GcsObject> WithChecksumAsync(GcsObject found)
    {
        if (found.Crc32C is not null || found.Generation is null)
        {
            return found;
        }

        return await objects.GetAsync(new ObjectAddress(found.Bucket, found.Name, found.Generation), call).ConfigureAwait(false);
    }

    private void Check(GcsObject found, uint crc)
    {
        if (Crc32C.Parse(found.Crc32C) is { } wanted && wanted != crc)
        {
            request.Progress?.Add(-(found.Size ?? 0));
            throw Errors.HashMismatch(found.Uri, Crc32C.ToText(crc), found.Crc32C!);
        }
    }

    private TransferResult Complete(GcsObject found, TargetFile file)
    {
        if (request.Decompress && Gzip.IsNameOf(found.ContentEncoding))
        {
            Gzip.Unpack(file, request, call.Stopping);
        }
        else
        {
            file.Commit(request.Overwrite, request.ModifiedTime);
        }

        return new TransferResult(found, (found.Size ?? 0) - _resumed, _resumed, _clock.ElapsedMilliseconds);
    }

    private void TellTotal(long size)
    {
        if (!_isTotalTold)
        {
            _isTotalTold = true;
            request.Progress?.AddTotal(size);
        }
    }
}
