using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Readers;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

public sealed class ServiceAccountReaderTests
{
    [Fact]
    public void An_account_that_stands_there_twice_comes_once_and_the_default_one_first()
    {
        List<GceServiceAccount> accounts = Models.Read(
            """
            {"default":{"aliases":["default"],"email":"a@demo.example","scopes":["s1","s2"],"new":1},
             "a@demo.example":{"aliases":["default"],"email":"a@demo.example","scopes":["s1","s2"]},
             "b@demo.example":{"aliases":[],"email":"b@demo.example","scopes":["s3"]}}
            """,
            ServiceAccountReader.ReadAll);

        Assert.Equal(["a@demo.example", "b@demo.example"], accounts.Select(a => a.Email));
        Assert.Equal(["default"], accounts[0].Aliases);
        Assert.Equal(["s1", "s2"], accounts[0].Scopes);
        Assert.Empty(accounts[1].Aliases);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"default\":null,\"a\":5,\"b\":[],\"c\":{}}")]
    [InlineData("{\"default\":{\"email\":\"\"},\"a\":{\"email\":{}}}")]
    public void What_holds_no_account_gives_none(string json) => Assert.Empty(Models.Read(json, ServiceAccountReader.ReadAll));

    [Fact]
    public void Odd_parts_read_as_not_said()
    {
        GceServiceAccount account = Models.Read("""{"email":"a@demo.example","aliases":"default","scopes":{"s":1},"x":[{}]}""", ServiceAccountReader.Read);

        Assert.Equal("a@demo.example", account.Email);
        Assert.Empty(account.Aliases);
        Assert.Empty(account.Scopes);
    }
}
