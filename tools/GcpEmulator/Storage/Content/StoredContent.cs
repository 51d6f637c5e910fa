namespace GcpEmulator.Storage;

/// <summary>The bytes of an object or a part. They never change, so copies of an object share them.</summary>
internal abstract class StoredContent
{
    public static readonly StoredContent Empty = new MemoryContent(ReadOnlyMemory<byte>.Empty);

    public abstract long Length { get; }

    /// <summary>All of it, where it lies in memory in one piece.</summary>
    public virtual ReadOnlyMemory<byte>? Memory => null;

    /// <summary>Opens it for reading; a file stays open until the reader is disposed of.</summary>
    public abstract ContentReader Open();

    public static StoredContent FromBytes(ReadOnlyMemory<byte> bytes) => new MemoryContent(bytes);

    /// <summary>Contents one behind the other, without a copy.</summary>
    public static StoredContent Concat(IReadOnlyList<StoredContent> parts)
    {
        StoredContent[] flat = [.. parts.SelectMany(p => p is SegmentedContent s ? s.Parts : [p]).Where(p => p.Length > 0)];
        return flat.Length switch { 0 => Empty, 1 => flat[0], _ => new SegmentedContent(flat) };
    }

    /// <summary>All bytes. For tests and for small contents.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        using ContentReader reader = Open();
        for (int at = 0; at < bytes.Length;)
        {
            at += reader.Read(bytes.AsSpan(at), at);
        }

        return bytes;
    }

    private sealed class MemoryContent(ReadOnlyMemory<byte> bytes) : StoredContent
    {
        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte>? Memory => bytes;

        public override ContentReader Open() => new MemoryReader(bytes);
    }

    private sealed class MemoryReader(ReadOnlyMemory<byte> bytes) : ContentReader
    {
        public override int Read(Span<byte> buffer, long offset)
        {
            ReadOnlySpan<byte> rest = bytes.Span[(int)offset..];
            int count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return count;
        }
    }

    private sealed class SegmentedContent(StoredContent[] parts) : StoredContent
    {
        private readonly long[] _starts = Starts(parts);

        public StoredContent[] Parts => parts;

        public override long Length => _starts[^1];

        public override ContentReader Open() => new SegmentedReader(parts, _starts);

        private static long[] Starts(StoredContent[] parts)
        {
            long[] starts = new long[parts.Length + 1];
            for (int i = 0; i < parts.Length; i++)
            {
                starts[i + 1] = starts[i] + parts[i].Length;
            }

            return starts;
        }
    }

    private sealed class SegmentedReader(StoredContent[] parts, long[] starts) : ContentReader
    {
        private ContentReader? _reader;
        private int _index = -1;

        public override int Read(Span<byte> buffer, long offset)
        {
            int found = Array.BinarySearch(starts, offset);
            int index = found < 0 ? ~found - 1 : found;
            if (index >= parts.Length)
            {
                return 0;
            }

            if (index != _index)
            {
                _reader?.Dispose();
                (_reader, _index) = (parts[index].Open(), index);
            }

            int count = (int)Math.Min(buffer.Length, starts[index + 1] - offset);
            return _reader!.Read(buffer[..count], offset - starts[index]);
        }

        public override void Dispose()
        {
            _reader?.Dispose();
            base.Dispose();
        }
    }
}

/// <summary>Reads a content at any place.</summary>
internal abstract class ContentReader : IDisposable
{
    /// <summary>Reads at least one byte unless the offset is at the end.</summary>
    public abstract int Read(Span<byte> buffer, long offset);

    public virtual void Dispose()
    {
    }
}
