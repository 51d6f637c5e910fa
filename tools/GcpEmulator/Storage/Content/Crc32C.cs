using System.Buffers.Binary;
using System.Numerics;

namespace GcpEmulator.Storage;

/// <summary>CRC-32C (RFC 3720, appendix B.4), in base64 of the big-endian bytes as Storage writes it.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78; // reflected

    public static string Base64(ReadOnlySpan<byte> content) => Base64(Append(0, content));

    public static string Base64(uint crc)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The checksum of what <paramref name="crc"/> is the checksum of, followed by these bytes. 0 to begin with.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> content)
    {
        crc = ~crc;
        while (content.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
            content = content[8..];
        }

        foreach (byte value in content)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>The checksum of two contents one behind the other (the method of zlib's crc32_combine: multiply by x^(8n) modulo P).</summary>
    public static uint Combine(uint first, uint second, long secondLength)
    {
        uint power = 0x80000000; // x^0
        uint square = 0x00800000; // x^8
        for (long n = secondLength; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
            {
                power = Multiply(power, square);
            }

            square = Multiply(square, square);
        }

        return Multiply(power, first) ^ second;
    }

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (uint bit = 0x80000000; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
            {
                product ^= b;
            }

            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }
}
