using System.Text;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Rest;

public sealed class RestPageTests
{
    [Theory]
    [InlineData("""{"items":[1,2],"kind":"k","etag":"e","selfLink":"s","nextPageToken":"t"}""", "2", "t")]
    [InlineData("""{"projects":[1]}""", "1", null)]
    [InlineData("""{"projects":[1],"nextPageToken":""}""", "1", null)]
    [InlineData("""{"rows":[1],"schema":{},"totalRows":"1"}""", "1", null)]
    [InlineData("""{"items":[1],"prefixes":["a/"]}""", "whole", null)]
    [InlineData("""{"items":{"zones/a":{}},"nextPageToken":"t"}""", "whole", "t")]
    [InlineData("""{"name":"x"}""", "whole", null)]
    [InlineData("""{"nextPageToken":"t","kind":"k","unreachables":["a"]}""", "0", "t")]
    [InlineData("{}", "0", null)]
    [InlineData("[1,2]", "whole", null)]
    [InlineData("7", "whole", null)]
    [InlineData("null", "whole", null)]
    [InlineData("""{"items":[1],"nextPageToken":7}""", "1", null)]
    public void What_a_page_lists(string json, string items, string? token)
    {
        RestPage page = RestPage.Of(Value(json));

        Assert.Equal(items, page.Items?.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "whole");
        Assert.Equal(token, page.NextPageToken);
    }

    [Theory]
    [InlineData("https://x/?a=1", "", "")]
    [InlineData("https://x/", "fields=items", "fields=nextPageToken,items")]
    [InlineData("https://x/?fields=items%28a%29", "", "fields=nextPageToken,items(a)")]
    [InlineData("https://x/?fields=a", "fields=b", "fields=nextPageToken,b")]
    [InlineData("https://x/", "fields=nextPageToken,a", "fields=nextPageToken,a")]
    [InlineData("https://x/", "fields=*", "fields=*")]
    public void Fields_keep_the_token(string uri, string query, string expected)
    {
        List<KeyValuePair<string, string>> given = [.. query.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => KeyValuePair.Create(p.Split('=')[0], p.Split('=')[1]))];

        Assert.Equal(expected, string.Join(';', RestPage.WithToken(new Uri(uri), given).Select(p => p.Key + "=" + p.Value)));
    }

    internal static object? Value(string json)
    {
        Assert.True(JsonText.TryRead(Encoding.UTF8.GetBytes(json), static (ref JsonCursor cursor) => cursor.Value(), out object? value));
        return value;
    }
}
