namespace GcpEmulator.Http;

/// <summary>A request's body as a fault has it: a byte changed, or the connection reset in the middle.</summary>
internal sealed class FaultyBody(HttpContext context, Fault fault) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (fault.ResetRequestAfter is long limit)
        {
            if (_position >= limit)
            {
                context.Abort();
                throw new IOException("Reset on request.");
            }

            buffer = buffer[..(int)Math.Min(buffer.Length, limit - _position)];
        }

        int count = await context.Request.Body.ReadAsync(buffer, cancellationToken);
        if (fault.CorruptRequestAt is long at && at >= _position && at < _position + count)
        {
            buffer.Span[(int)(at - _position)] ^= 0x20;
        }

        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
