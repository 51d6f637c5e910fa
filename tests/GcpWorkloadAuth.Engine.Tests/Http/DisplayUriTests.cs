using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Tests.Http;

public sealed class DisplayUriTests
{
    [Theory]
    [InlineData("https://storage.googleapis.com/storage/v1/b", "https://storage.googleapis.com/storage/v1/b")]
    [InlineData("https://h/p?", "https://h/p")]
    [InlineData("https://h/p?project=demo&fields=a,b(c)", "https://h/p?project=demo&fields=a,b(c)")]
    [InlineData("https://h/p?upload_id=SECRET&project=demo", "https://h/p?upload_id=***&project=demo")]
    [InlineData("https://h/p?X-Goog-Signature=SECRET", "https://h/p?X-Goog-Signature=***")]
    [InlineData("https://h/p?Project=SECRET", "https://h/p?Project=***")]
    [InlineData("https://h/p?access_token=SECRET&alt=json#SECRET", "https://h/p?access_token=***&alt=json")]
    [InlineData("https://h/p#SECRET", "https://h/p")]
    [InlineData("https://user:SECRET@h/p", "https://h/p")]
    [InlineData("https://SECRET@h:8443/p@q?alt=x", "https://h:8443/p@q?alt=x")]
    [InlineData("https://h/p?recursive", "https://h/p?recursive")]
    [InlineData("https://h/p?SECRET", "https://h/p?***")]
    [InlineData("https://h/p?SECRET==", "https://h/p?***")]
    [InlineData("https://h/p?SECRET=", "https://h/p?***")]
    [InlineData("https://h/p?SECRET&&alt=", "https://h/p?***&***&alt=")]
    [InlineData("https://h/p?key=a=b", "https://h/p?key=***")]
    [InlineData("https://h/p?alt=a=b", "https://h/p?alt=a=b")]
    [InlineData("https://h/p?a=1;key=SECRET", "https://h/p?a=***")]
    public void Only_what_holds_no_secret_is_shown(string uri, string expected)
    {
        Assert.DoesNotContain("SECRET", expected, StringComparison.Ordinal);
        Assert.Equal(expected, DisplayUri.Of(new Uri(uri)));
    }

    [Theory]
    [InlineData("alt")]
    [InlineData("audience")]
    [InlineData("delimiter")]
    [InlineData("fields")]
    [InlineData("filter")]
    [InlineData("format")]
    [InlineData("last_etag")]
    [InlineData("maxResults")]
    [InlineData("orderBy")]
    [InlineData("pageToken")]
    [InlineData("prefix")]
    [InlineData("prettyPrint")]
    [InlineData("project")]
    [InlineData("projection")]
    [InlineData("recursive")]
    [InlineData("returnPartialSuccess")]
    [InlineData("scopes")]
    [InlineData("timeout_sec")]
    [InlineData("wait_for_change")]
    public void A_listed_name_is_found_by_the_binary_search(string name) =>
        Assert.Equal("https://h/p?" + name + "=v", DisplayUri.Of(new Uri("https://h/p?" + name + "=v")));
}
