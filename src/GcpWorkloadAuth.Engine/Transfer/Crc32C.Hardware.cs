#if NET
using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;
#endif

namespace GcpWorkloadAuth.Engine.Transfer;

/// <content>
/// The processor's own instruction. One takes three cycles but a new one can begin each cycle: three stretches are computed at a time
/// and joined by tables (the method of M. Adler's crc32c.c).
/// </content>
internal static partial class Crc32C
{
#if NET
    private const int Long = 4096;
    private const int Short = 256;

    private static bool IsHardware => Sse42.X64.IsSupported || ArmCrc32.Arm64.IsSupported;

    private static uint Advance(uint state, byte[] data, int offset, int count)
    {
        if (!IsHardware)
        {
            return AdvanceByTables(state, data, offset, count);
        }

        ReadOnlySpan<byte> rest = data.AsSpan(offset, count);
        state = AdvanceThree(state, ref rest, Long, Joins.Long);
        state = AdvanceThree(state, ref rest, Short, Joins.Short);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(rest);
        foreach (ulong word in words)
        {
            state = Step(state, word);
        }

        foreach (byte b in rest.Slice(words.Length * 8))
        {
            state = Sse42.IsSupported ? Sse42.Crc32(state, b) : ArmCrc32.ComputeCrc32C(state, b);
        }

        return state;
    }

    private static uint AdvanceThree(uint state, ref ReadOnlySpan<byte> rest, int length, uint[] join)
    {
        while (rest.Length >= 3 * length)
        {
            ReadOnlySpan<ulong> one = MemoryMarshal.Cast<byte, ulong>(rest.Slice(0, length));
            ReadOnlySpan<ulong> two = MemoryMarshal.Cast<byte, ulong>(rest.Slice(length, length)).Slice(0, one.Length);
            ReadOnlySpan<ulong> three = MemoryMarshal.Cast<byte, ulong>(rest.Slice(2 * length, length)).Slice(0, one.Length);
            uint second = 0;
            uint third = 0;
            if (Sse42.X64.IsSupported)
            {
                // As wide as the instruction's own operands: no conversions between.
                ulong a = state;
                ulong b = 0;
                ulong c = 0;
                for (int i = 0; i < one.Length; i++)
                {
                    a = Sse42.X64.Crc32(a, one[i]);
                    b = Sse42.X64.Crc32(b, two[i]);
                    c = Sse42.X64.Crc32(c, three[i]);
                }

                (state, second, third) = ((uint)a, (uint)b, (uint)c);
            }
            else
            {
                for (int i = 0; i < one.Length; i++)
                {
                    state = ArmCrc32.Arm64.ComputeCrc32C(state, one[i]);
                    second = ArmCrc32.Arm64.ComputeCrc32C(second, two[i]);
                    third = ArmCrc32.Arm64.ComputeCrc32C(third, three[i]);
                }
            }

            state = Join(join, state) ^ second;
            state = Join(join, state) ^ third;
            rest = rest.Slice(3 * length);
        }

        return state;
    }

    private static uint Step(uint state, ulong word) =>
        Sse42.X64.IsSupported ? (uint)Sse42.X64.Crc32(state, word) : ArmCrc32.Arm64.ComputeCrc32C(state, word);

    private static uint Join(uint[] join, uint state) =>
        join[state & 0xff] ^ join[0x100 + ((state >> 8) & 0xff)] ^ join[0x200 + ((state >> 16) & 0xff)] ^ join[0x300 + (state >> 24)];

    private static class Joins
    {
        public static readonly uint[] Long = Make(Crc32C.Long);
        public static readonly uint[] Short = Make(Crc32C.Short);

        // What so many zero bytes make of each byte of a state.
        private static uint[] Make(int length)
        {
            uint shift = Shift(length);
            uint[] join = new uint[4 * 256];
            for (int place = 0; place < 4; place++)
            {
                for (uint value = 0; value < 256; value++)
                {
                    join[(place * 256) + value] = Multiply(shift, value << (8 * place));
                }
            }

            return join;
        }
    }
#else
    private static uint Advance(uint state, byte[] data, int offset, int count) => AdvanceByTables(state, data, offset, count);
#endif
}
