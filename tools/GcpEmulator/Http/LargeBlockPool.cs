using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace GcpEmulator.Http;

/// <summary>Buffers for the connections, larger than the server's own 4 KiB: large bodies need an eighth of the system calls.</summary>
internal sealed class LargeBlockPool : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockSize = 32 * 1024;
    private const int MostKept = 1024;
    private readonly ConcurrentQueue<byte[]> _free = new();

    /// <summary>Sets the pool where this version of the server lets us: the property is there, but not public.</summary>
    public static SocketTransportOptions Use(SocketTransportOptions options)
    {
        PropertyInfo? property = typeof(SocketTransportOptions).GetProperty("MemoryPoolFactory", BindingFlags.Instance | BindingFlags.NonPublic);
        if (property?.PropertyType == typeof(IMemoryPoolFactory<byte>))
        {
            property.SetValue(options, new LargeBlockPool());
        }

        return options;
    }

    public override int MaxBufferSize => BlockSize;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        return new Block(this, _free.TryDequeue(out byte[]? block) ? block : GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Block(LargeBlockPool pool, byte[] bytes) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = bytes;

        public Memory<byte> Memory => _bytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is byte[] block && pool._free.Count < MostKept)
            {
                pool._free.Enqueue(block);
            }
        }
    }
}
