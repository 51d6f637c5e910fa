using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using GcpEmulator.Storage;

namespace GcpEmulator.Http;

/// <summary>Sends an answer: whole, or cut, changed or slowed by a fault.</summary>
internal sealed class ReplyWriter(EmulatedCloud cloud)
{
    private const int Chunk = 256 * 1024;

    public async Task SendAsync(HttpContext context, EmulatedRequest request, Reply reply, Fault? fault)
    {
        HttpResponse response = context.Response;
        response.StatusCode = reply.Status;
        ReadOnlyMemory<byte> body = reply.Body;
        if (cloud.Options.Compress && reply.Compressible && body.Length > 0 && Accepts(request, "gzip"))
        {
            body = Gzip(body);
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Vary = "Accept-Encoding";
        }

        response.ContentType = reply.ContentType;
        foreach ((string name, string value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (reply.Status is 204 or 304)
        {
            return;
        }

        long length = reply.Content is null ? body.Length : reply.Count;
        if (!reply.Gunzip)
        {
            response.ContentLength = length;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        if (fault is { TouchesAnswer: true } && (reply.Content is not null || !fault.ContentOnly))
        {
            await SendFaultyAsync(context, Open(reply, body), length, fault);
        }
        else if (reply.Gunzip)
        {
            await using Stream unpacked = Open(reply, body);
            await unpacked.CopyToAsync(response.Body, context.RequestAborted);
        }
        else if (reply.Content is { Memory: null } content)
        {
            await SendAsync(response.BodyWriter, content, reply.From, reply.Count, context.RequestAborted);
        }
        else
        {
            ReadOnlyMemory<byte> memory = reply.Content?.Memory is { } whole ? whole.Slice((int)reply.From, (int)reply.Count) : body;
            await response.BodyWriter.WriteAsync(memory, context.RequestAborted);
        }
    }

    /// <summary>From the file into the server's own buffers: no copy in between.</summary>
    private static async Task SendAsync(PipeWriter to, StoredContent content, long from, long count, CancellationToken ct)
    {
        using ContentReader reader = content.Open();
        for (long rest = count; rest > 0;)
        {
            Memory<byte> buffer = to.GetMemory((int)Math.Min(Chunk, rest));
            int got = reader.Read(buffer.Span[..(int)Math.Min(buffer.Length, rest)], from + count - rest);
            to.Advance(got);
            rest -= got;
            FlushResult result = await to.FlushAsync(ct);
            if (result.IsCompleted || result.IsCanceled)
            {
                return; // the client went away
            }
        }
    }

    private static async Task SendFaultyAsync(HttpContext context, Stream body, long length, Fault fault)
    {
        long keep = Math.Min(fault.ResetAfter ?? fault.TruncateAfter ?? long.MaxValue, length);
        PipeWriter to = context.Response.BodyWriter;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        await using (body)
        {
            for (long at = 0; at < keep;)
            {
                int want = (int)Math.Min(buffer.Length, keep - at);
                if (fault.BytesPerSecond is int rate)
                {
                    want = Math.Min(want, Math.Max(1, rate / 20));
                    await Task.Delay(50, context.RequestAborted);
                }

                int got = await body.ReadAsync(buffer.AsMemory(0, want), context.RequestAborted);
                if (got == 0)
                {
                    break;
                }

                if (fault.CorruptAt is long broken && broken >= at && broken < at + got)
                {
                    buffer[broken - at] ^= 0x20;
                }

                await to.WriteAsync(buffer.AsMemory(0, got), context.RequestAborted);
                at += got;
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (keep < length)
        {
            await context.Response.StartAsync(context.RequestAborted);
            await to.FlushAsync(context.RequestAborted);
            if (fault.ResetAfter is not null || keep == 0)
            {
                await Task.Delay(20, context.RequestAborted); // what was sent should arrive: a reset throws away what waits
                context.Abort();
            }

            // otherwise fewer bytes than promised: the server closes the connection behind them
        }
    }

    private static Stream Open(Reply reply, ReadOnlyMemory<byte> body)
    {
        Stream stream = reply.Content is null
            ? new ContentStream(StoredContent.FromBytes(body), 0, body.Length)
            : new ContentStream(reply.Content, reply.From, reply.Count);
        return reply.Gunzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private static bool Accepts(EmulatedRequest request, string encoding) =>
        request.Header("Accept-Encoding")?.Contains(encoding, StringComparison.OrdinalIgnoreCase) ?? false;

    private static byte[] Gzip(ReadOnlyMemory<byte> body)
    {
        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        return buffer.ToArray();
    }
}
