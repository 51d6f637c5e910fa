using System;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// The CRC that Cloud Storage keeps of every object: Castagnoli's polynomial, reflected (RFC 3720, appendix B.4). Values here are
/// finished ones: the CRC of nothing is 0, and <see cref="Append"/> goes on from there.
/// </summary>
internal static partial class Crc32C
{
    private const uint Polynomial = 0x82F63B78;

    // x^(2^n) modulo the polynomial, for n from 0: what Combine multiplies with.
    private static readonly uint[] s_powers = MakePowers();

    /// <summary>The CRC of what had the first one, with more bytes behind it.</summary>
    public static uint Append(uint crc, byte[] data, int offset, int count) =>
        count == 0 ? crc : ~Advance(~crc, data, offset, count);

    /// <summary>The CRC of two pieces from the CRC of each, in a time that grows with the logarithm of the length.</summary>
    /// <param name="first">Of the first piece.</param>
    /// <param name="second">Of the second piece.</param>
    /// <param name="secondLength">How many bytes the second piece has.</param>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(Shift(secondLength), first) ^ second;

    /// <summary>As Google writes it: base64 of the four bytes, the highest first.</summary>
    public static string ToText(uint crc) =>
        Convert.ToBase64String([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);

    /// <summary>Reads what <see cref="ToText"/> writes; null for anything else.</summary>
    public static uint? Parse(string? text)
    {
        if (text is not { Length: 8 })
        {
            return null;
        }

        try
        {
            byte[] bytes = Convert.FromBase64String(text);
            return bytes.Length == 4 ? ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // x^(8 * length): so many zero bytes behind.
    private static uint Shift(long length)
    {
        uint product = 1u << 31; // x^0
        int bit = 3;
        for (long rest = length; rest > 0; rest >>= 1, bit++)
        {
            if ((rest & 1) != 0)
            {
                product = Multiply(s_powers[bit % s_powers.Length], product);
            }
        }

        return product;
    }

    // Of two polynomials, modulo ours; the highest bit is x^0.
    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (uint bit = 1u << 31; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
            {
                product ^= b;
            }

            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }

    // The polynomial is x + 1 times a primitive one of degree 31: x^(2^31) is x again, and the powers come round after 31.
    private static uint[] MakePowers()
    {
        uint[] powers = new uint[31];
        uint power = 1u << 30; // x^1
        for (int n = 0; n < powers.Length; n++)
        {
            powers[n] = power;
            power = Multiply(power, power);
        }

        return powers;
    }

    /// <summary>Slicing by 8: eight bytes a step from eight tables. For processors without the instruction, and .NET Framework.</summary>
    internal static uint AdvanceByTables(uint state, byte[] data, int offset, int count)
    {
        uint[] t = Tables.All;
        int at = offset;
        int end = offset + count;
        for (; end - at >= 8; at += 8)
        {
            uint low = state ^ ((uint)data[at] | ((uint)data[at + 1] << 8) | ((uint)data[at + 2] << 16) | ((uint)data[at + 3] << 24));
            state = t[0x700 + (low & 0xff)] ^ t[0x600 + ((low >> 8) & 0xff)] ^ t[0x500 + ((low >> 16) & 0xff)] ^ t[0x400 + (low >> 24)]
                ^ t[0x300 + data[at + 4]] ^ t[0x200 + data[at + 5]] ^ t[0x100 + data[at + 6]] ^ t[data[at + 7]];
        }

        for (; at < end; at++)
        {
            state = t[(state ^ data[at]) & 0xff] ^ (state >> 8);
        }

        return state;
    }

    private static class Tables
    {
        public static readonly uint[] All = Make();

        private static uint[] Make()
        {
            uint[] tables = new uint[8 * 256];
            for (uint n = 0; n < 256; n++)
            {
                uint crc = n;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }

                tables[n] = crc;
            }

            for (int n = 256; n < tables.Length; n++)
            {
                uint before = tables[n - 256];
                tables[n] = tables[before & 0xff] ^ (before >> 8);
            }

            return tables;
        }
    }
}
