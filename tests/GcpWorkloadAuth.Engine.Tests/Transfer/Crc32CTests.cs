using System.Text;
using CsCheck;
using GcpWorkloadAuth.Engine.Transfer;

namespace GcpWorkloadAuth.Engine.Tests.Transfer;

public sealed class Crc32CTests
{
    // RFC 3720, appendix B.4: the bytes of each CRC stand there lowest first.
    public static TheoryData<string, uint> Vectors => new()
    {
        { "", 0 },
        { Convert.ToHexString("123456789"u8), 0xE3069283 },
        { new string('0', 64), 0x8A9136AA },
        { new string('F', 64), 0x62A8AB43 },
        { Convert.ToHexString([.. Enumerable.Range(0, 32).Select(i => (byte)i)]), 0x46DD794E },
        { Convert.ToHexString([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))]), 0x113FDB5C },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Known_values(string hex, uint expected)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.Equal(expected, Crc32C.Append(0, bytes, 0, bytes.Length));
        Assert.Equal(expected, ~Crc32C.AdvanceByTables(~0u, bytes, 0, bytes.Length));
    }

    [Fact]
    public void The_instruction_and_the_tables_agree_at_every_length()
    {
        byte[] bytes = new byte[40_000];
        new Random(7).NextBytes(bytes);
        for (int length = 0; length < 13_000; length += length < 900 ? 1 : 97)
        {
            int offset = length % 11;
            Assert.Equal(~Crc32C.AdvanceByTables(~0u, bytes, offset, length), Crc32C.Append(0, bytes, offset, length));
        }

        Assert.Equal(~Crc32C.AdvanceByTables(~0u, bytes, 3, 39_990), Crc32C.Append(0, bytes, 3, 39_990));
    }

    [Fact]
    public void Pieces_combine_to_the_whole() => Gen.Select(Gen.Byte.Array[0, 3000], Gen.Byte.Array[0, 3000]).Sample((one, two) =>
    {
        byte[] whole = [.. one, .. two];
        uint first = Crc32C.Append(0, one, 0, one.Length);
        uint second = Crc32C.Append(0, two, 0, two.Length);
        uint all = Crc32C.Append(0, whole, 0, whole.Length);
        return Crc32C.Combine(first, second, two.Length) == all && Crc32C.Append(first, two, 0, two.Length) == all;
    });

    [Fact]
    public void Zeros_beyond_any_memory_combine_step_by_step() => Gen.Select(Gen.UInt, Gen.Long[0, 1L << 50], Gen.Long[0, 1L << 50]).Sample((crc, a, b) =>
        Crc32C.Combine(Crc32C.Combine(crc, 0, a), 0, b) == Crc32C.Combine(crc, 0, a + b));

    [Fact]
    public void The_text_is_Google_s()
    {
        Assert.Equal("4waSgw==", Crc32C.ToText(0xE3069283));
        Gen.UInt.Sample(crc => Crc32C.Parse(Crc32C.ToText(crc)) == crc);
        Assert.Null(Crc32C.Parse(null));
        Assert.Null(Crc32C.Parse("?"));
        Assert.Null(Crc32C.Parse("!!!!!!!!"));
        Assert.Null(Crc32C.Parse(Convert.ToBase64String(Encoding.ASCII.GetBytes("12345"))));
    }
}
