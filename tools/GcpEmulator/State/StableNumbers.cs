using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GcpEmulator;

/// <summary>Ids, digits and fingerprints that are the same at every start, made from a name.</summary>
internal static class StableNumbers
{
    public static string Digits(string name, int count)
    {
        StringBuilder digits = new(count);
        for (int round = 0; digits.Length < count; round++)
        {
            digits.Append(Hash(name + "#" + round.ToString(CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
        }

        digits.Length = count;
        digits[0] = '1';
        return digits.ToString();
    }

    /// <summary>A 19-digit id as Compute Engine gives: it does not fit a JavaScript number.</summary>
    public static ulong Id(string name) => 1_000_000_000_000_000_000UL + (Hash(name) % 8_000_000_000_000_000_000UL);

    /// <summary>Eight bytes in base64, as the fingerprints of Compute Engine.</summary>
    public static string Fingerprint(string content)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Hash(content));
        return Convert.ToBase64String(bytes);
    }

    public static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
