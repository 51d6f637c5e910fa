using System;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>The CRC of a content that is sent in order, parts of it perhaps more than once.</summary>
/// <param name="start">Where the content begins in its source.</param>
internal sealed class RunningCrc(long start = 0)
{
    /// <summary>Up to where the CRC goes.</summary>
    public long Position { get; private set; } = start;

    public uint Value { get; private set; }

    /// <summary>Takes what is new in a block.</summary>
    public void Feed(long at, byte[] buffer, int offset, int count)
    {
        int known = (int)Math.Min(count, Math.Max(0, Position - at));
        if (at > Position || known == count)
        {
            return;
        }

        Value = Crc32C.Append(Value, buffer, offset + known, count - known);
        Position = at + count;
    }

    /// <summary>Reads what lies before a place that is gone on from.</summary>
    public void CatchUp(UploadSource source, long to, EngineCall call)
    {
        if (Position >= to)
        {
            return;
        }

        byte[] buffer = Buffers.Rent(256 * 1024);
        try
        {
            while (Position < to)
            {
                call.Stopping.ThrowIfCancellationRequested();
                int read = source.Read(Position, buffer, 0, (int)Math.Min(buffer.Length, to - Position));
                if (read == 0)
                {
                    throw Errors.SourceChanged(source.Name);
                }

                Feed(Position, buffer, 0, read);
            }
        }
        finally
        {
            Buffers.Return(buffer, clear: false);
        }
    }
}
