using System.Text;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Tests.Json;

public sealed class JsonCursorTests
{
    public static TheoryData<string> Names => [.. JsonCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cursor_reads(string name)
    {
        (_, string json, string expected) = Assert.Single(JsonCases.All, c => c.Name == name);

        Assert.Equal(expected, JsonCases.Read(json));
    }

    [Fact]
    public void A_cut_anywhere_is_noticed()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"s":"ä","a":[1,{"b":true}],"o":{"i":"42"},"x":[{"y":null}],"v":{"e":1.5}}""");
        Assert.NotEqual(JsonCases.NotJson, JsonCases.Read(whole));

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(JsonCases.NotJson, JsonCases.Read(whole[..length]));
        }
    }

    [Theory]
    [InlineData("7B 22 73 22 3A 22 FF 22 7D")]
    [InlineData("7B 22 68 22 3A 22 C3 22 7D")]
    [InlineData("7B 22 76 22 3A 7B 22 FF 22 3A 31 7D 7D")]
    [InlineData("7B 22 FF 22 3A 31 7D")]
    [InlineData("7B 22 74 22 3A 22 FF 22 7D")]
    [InlineData("7B 22 6C 22 3A 22 2F FF 22 7D")]
    [InlineData("EF BB BF 7B 7D")]
    [InlineData("FF FE 7B 00 7D 00")]
    [InlineData("00")]
    public void Text_that_is_not_utf8_never_throws(string hex) =>
        Assert.DoesNotContain("�='", JsonCases.Read(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void A_part_of_a_buffer_is_read_alone()
    {
        byte[] buffer = Encoding.UTF8.GetBytes("garbage{\"s\":\"a\"}garbage");

        Assert.True(JsonText.TryRead(new ArraySegment<byte>(buffer, 7, 9), static (ref JsonCursor json) => json.Value(), out object? value));
        Assert.Equal("a", Assert.IsType<Dictionary<string, object?>>(value)["s"]);
    }

    [Theory]
    [InlineData("{", true)]
    [InlineData(" \r\n\t[", true)]
    [InlineData("\uFEFF{\"a\"", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("<html>{}", false)]
    [InlineData("\"text\"", false)]
    [InlineData("null", false)]
    public void What_looks_like_json_opens_an_object_or_an_array(string text, bool expected)
    {
        byte[] padded = Encoding.UTF8.GetBytes("<<" + text + "{{");

        Assert.Equal(expected, JsonText.LooksLikeJson(new ArraySegment<byte>(padded, 2, padded.Length - 4)));
    }

    [Fact]
    public void Lists_and_maps_take_what_they_can_use()
    {
        const string document = """[["a",null,5,["x"],"b"],{"k":"v","n":null,"i":5,"o":{"a":1},"k2":""},"no","no",[],{}]""";
        bool isJson = JsonText.TryRead(
            Encoding.UTF8.GetBytes(document),
            static (ref JsonCursor json) =>
            {
                Assert.True(json.BeginArray());
                List<object> read = [];
                for (int i = 0; json.NextElement(); i++)
                {
                    read.Add(i % 2 == 0 ? JsonLists.Strings(ref json) : JsonLists.Map(ref json));
                }

                return read;
            },
            out List<object> lists);

        Assert.True(isJson);
        Assert.Equal(["a", "5", "b"], (IReadOnlyList<string>)lists[0]);
        Assert.Equal(
            [("i", "5"), ("k", "v"), ("k2", ""), ("n", ""), ("o", "")],
            ((IReadOnlyDictionary<string, string>)lists[1]).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)));
        Assert.Empty((IReadOnlyList<string>)lists[2]);
        Assert.Empty((IReadOnlyDictionary<string, string>)lists[3]);
        Assert.Empty((IReadOnlyList<string>)lists[4]);
        Assert.Empty((IReadOnlyDictionary<string, string>)lists[5]);
    }
}
