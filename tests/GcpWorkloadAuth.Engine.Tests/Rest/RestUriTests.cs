using GcpWorkloadAuth.Engine.Rest;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Rest;

public sealed class RestUriTests
{
    [Theory]
    [InlineData("https://x.googleapis.com/v1/a%2Fb", "", "https://x.googleapis.com/v1/a%2Fb")]
    [InlineData("https://x.googleapis.com/v1?a=1&b=2", "a=3", "https://x.googleapis.com/v1?b=2&a=3")]
    [InlineData("https://x.googleapis.com/v1?a=1&a=2", "a=3,a=4", "https://x.googleapis.com/v1?a=3&a=4")]
    [InlineData("https://x.googleapis.com/v1?%61=1&A=2", "a=3", "https://x.googleapis.com/v1?A=2&a=3")]
    [InlineData("https://x.googleapis.com/v1?flag&&x=%20", "n=a b", "https://x.googleapis.com/v1?flag&x=%20&n=a%20b")]
    [InlineData("https://x.googleapis.com/v1?", "$alt=json", "https://x.googleapis.com/v1?%24alt=json")]
    [InlineData("https://x.googleapis.com/v1/p:search", "n=&=?#", "https://x.googleapis.com/v1/p:search?n=%26%3D%3F%23")]
    [InlineData("http://127.0.0.1:8080/v1", "", "http://127.0.0.1:8080/v1")]
    [InlineData("http://localhost/v1", "", "http://localhost/v1")]
    public void A_query_is_merged(string uri, string query, string expected) =>
        Assert.Equal(expected, RestUri.Build(new Uri(uri), Query(query)).AbsoluteUri);

    [Theory]
    [InlineData("storage/v1/b", "RestUriNotAbsolute")]
    [InlineData("http://x.googleapis.com/", "RestUriNotAbsolute")]
    [InlineData("http://169.254.169.254/", "RestUriNotAbsolute")]
    [InlineData("ftp://x.googleapis.com/", "RestUriNotAbsolute")]
    [InlineData("https://u@x.googleapis.com/", "RestUriUnfit")]
    [InlineData("https://x.googleapis.com/#a", "RestUriUnfit")]
    [InlineData("https://x.googleapis.com/?oauth_token=a", "RestQueryRefused")]
    [InlineData("https://x.googleapis.com/?ACCESS_token=a", "RestQueryRefused")]
    public void An_address_that_is_none_is_refused(string uri, string id) =>
        Fails.With(id, () => RestUri.Build(new Uri(uri, UriKind.RelativeOrAbsolute), []));

    private static List<KeyValuePair<string, string>> Query(string query) =>
        [.. query.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]))];
}
