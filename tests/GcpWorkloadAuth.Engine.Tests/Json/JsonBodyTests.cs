using System.Collections;
using System.Text;
using System.Text.Json;
using CsCheck;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Json;

public sealed class JsonBodyTests
{
    [Fact]
    public void Every_kind_is_written() =>
        Assert.Equal(
            """{"n":null,"t":true,"f":false,"s":"a\"\\\u000a\u0001ä/","i":-5,"u":18446744073709551615,"d":1.5,"m":2.5,"l":[1,"x",[]],"o":{}}""",
            Write(new Dictionary<string, object?>
            {
                ["n"] = null,
                ["t"] = true,
                ["f"] = false,
                ["s"] = "a\"\\\n\u0001ä/",
                ["i"] = -5,
                ["u"] = ulong.MaxValue,
                ["d"] = 1.5,
                ["m"] = 2.5m,
                ["l"] = new object[] { 1, "x", Array.Empty<int>() },
                ["o"] = new Dictionary<string, object?>(),
            }));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_json_lacks_is_refused(double number) => Assert.Throws<ArgumentException>(() => Write(number));

    [Fact]
    public void What_is_no_json_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Write(new object()));
        Assert.Throws<ArgumentException>(() => Write(new Hashtable { ["a"] = 1 }));
        Assert.Throws<ArgumentException>(() => Write(DateTime.UnixEpoch));
    }

    [Fact]
    public void A_list_within_itself_is_refused()
    {
        List<object?> list = [];
        list.Add(list);

        Assert.Throws<ArgumentException>(() => Write(list));
    }

    [Fact]
    public void What_is_written_is_read_back_by_the_cursor_and_by_the_platform() =>
        s_values.Sample(value =>
        {
            byte[] utf8 = JsonBody.Write(value);
            Assert.True(JsonText.TryRead(utf8, static (ref JsonCursor json) => json.Value(), out object? read));
            using JsonDocument parsed = JsonDocument.Parse(utf8);
            string again = Encoding.UTF8.GetString(JsonBody.Write(read));
            Assert.Equal(Encoding.UTF8.GetString(utf8), again);
        }, iter: 500);

    // Surrogates come in pairs only: UTF-8 has no others.
    private static readonly Gen<string> s_text = Gen.String[Gen.Char['\0', '\uD7FF'], 0, 12];

    private static readonly Gen<object?> s_values = Gen.Recursive<object?>((depth, inner) => depth > 3
        ? Scalar
        : Gen.Frequency(
            (3, Scalar),
            (1, inner.List[0, 4].Select(list => (object?)list)),
            (1, Gen.Select(s_text, inner).List[0, 4].Select(pairs =>
            {
                Dictionary<string, object?> map = new(StringComparer.Ordinal);
                foreach ((string key, object? value) in pairs)
                {
                    map[key] = value;
                }

                return (object?)map;
            }))));

    private static Gen<object?> Scalar => Gen.OneOf(
        s_text.Select(s => (object?)s), Gen.Long.Select(i => (object?)i), Gen.ULong.Select(u => (object?)u), Gen.Bool.Select(b => (object?)b),
        Gen.Const((object?)null), Gen.Double[-1e300, 1e300].Select(d => (object?)d));

    private static string Write(object? value) => Encoding.UTF8.GetString(JsonBody.Write(value));
}
