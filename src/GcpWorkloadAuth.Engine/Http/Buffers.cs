#if !NET
using System;
#endif

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>Rented buffers where the runtime has a pool; on .NET Framework the pool would be one more dll beside the module.</summary>
internal static class Buffers
{
#if NET
    public static byte[] Rent(int length) => System.Buffers.ArrayPool<byte>.Shared.Rent(length);

    public static void Return(byte[] buffer, bool clear) => System.Buffers.ArrayPool<byte>.Shared.Return(buffer, clear);
#else
    public static byte[] Rent(int length) => new byte[length];

    public static void Return(byte[] buffer, bool clear)
    {
        if (clear)
        {
            Array.Clear(buffer, 0, buffer.Length);
        }
    }
#endif
}
