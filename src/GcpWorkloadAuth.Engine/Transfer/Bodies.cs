using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// A stretch of a source as the body of a request, with text before and behind it where it is one part of several. What fails in reading it
/// comes out as a <see cref="LocalFailure"/>.
/// </summary>
internal sealed class SourceBody : HttpContent
{
    private const int Block = 256 * 1024;
    private readonly UploadSource _source;
    private readonly long _from;
    private readonly long _to;
    private readonly StallWatch _watch;
    private readonly ITransferProgress? _progress;

    public SourceBody(UploadSource source, long from, long to, StallWatch watch, ITransferProgress? progress)
    {
        _source = source;
        _from = from;
        _to = to;
        _watch = watch;
        _progress = progress;
    }

    public byte[] Before { get; init; } = [];

    public byte[] Behind { get; init; } = [];

    /// <summary>Takes part in what is sent; null where the CRC is known.</summary>
    public RunningCrc? Crc { get; init; }

    /// <summary>How many bytes of the source went into the line.</summary>
    public long Sent { get; private set; }

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        CopyAsync(stream, cancellationToken);
#else
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, _watch.Token);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = Before.Length + (_to - _from) + Behind.Length;
        return true;
    }

    private async Task CopyAsync(Stream stream, CancellationToken stopping)
    {
        // Text and all of a small source go in one piece: one system call, one packet.
        long rest = _to - _from;
        byte[] buffer = Buffers.Rent((int)Math.Min(Block, Before.Length + rest + Behind.Length));
        try
        {
            int filled = Put(Before, buffer, 0);
            if (filled < Before.Length)
            {
                await WriteAsync(stream, Before, Before.Length, stopping).ConfigureAwait(false);
                filled = 0;
            }

            for (long at = _from; at < _to;)
            {
                int count = Take(at, buffer, filled);
                at += count;
                filled += count;
                if (at == _to && filled + Behind.Length <= buffer.Length)
                {
                    filled += Put(Behind, buffer, filled);
                    await WriteAsync(stream, buffer, filled, stopping).ConfigureAwait(false);
                    Count(count);
                    return;
                }

                await WriteAsync(stream, buffer, filled, stopping).ConfigureAwait(false);
                Count(count);
                filled = 0;
            }

            if (filled > 0)
            {
                await WriteAsync(stream, buffer, filled, stopping).ConfigureAwait(false);
            }

            await WriteAsync(stream, Behind, Behind.Length, stopping).ConfigureAwait(false);
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }

    private int Take(long at, byte[] buffer, int offset)
    {
        int wanted = (int)Math.Min(buffer.Length - offset, _to - at);
        try
        {
            int read = _source.Read(at, buffer, offset, wanted);
            if (read == 0)
            {
                throw Errors.SourceChanged(_source.Name);
            }

            Crc?.Feed(at, buffer, offset, read);
            if (at + read == _source.Length)
            {
                // With the last byte the object comes to be: until then nothing is.
                _source.DemandUnchanged();
            }

            return read;
        }
        catch (GcpException failure)
        {
            throw new LocalFailure(failure);
        }
    }

    private void Count(int bytes)
    {
        Sent += bytes;
        _progress?.Add(bytes);
    }

    private async Task WriteAsync(Stream stream, byte[] buffer, int count, CancellationToken stopping)
    {
#if NET
        await stream.WriteAsync(buffer.AsMemory(0, count), stopping).ConfigureAwait(false);
#else
        await stream.WriteAsync(buffer, 0, count, stopping).ConfigureAwait(false);
#endif
        _watch.Touch();
    }

    private static int Put(byte[] text, byte[] buffer, int at)
    {
        if (text.Length > buffer.Length - at)
        {
            return 0;
        }

        Buffer.BlockCopy(text, 0, buffer, at, text.Length);
        return text.Length;
    }
}
