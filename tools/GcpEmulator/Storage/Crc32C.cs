using System.Buffers.Binary;
using System.Numerics;

namespace GcpEmulator.Storage;

/// <summary>CRC-32C (RFC 3720, appendix B.4), in base64 of the big-endian bytes as Storage writes it.</summary>
internal static class Crc32C
{
    public static string Base64(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        while (content.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
            content = content[8..];
        }

        foreach (byte value in content)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~crc);
        return Convert.ToBase64String(bytes);
    }
}
