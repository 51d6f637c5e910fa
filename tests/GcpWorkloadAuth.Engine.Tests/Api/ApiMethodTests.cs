using GcpWorkloadAuth.Engine.Api;

namespace GcpWorkloadAuth.Engine.Tests.Api;

public sealed class ApiMethodTests
{
    private static readonly ApiMethod s_method = new(
        ApiService.Compute, "compute.things.get", HttpMethod.Get, "projects/{project}/things/{thing}", RetryClass.Idempotent, "filter", "pageToken");

    [Fact]
    public void Path_values_fill_the_names_in_order() =>
        Assert.Equal("projects/a/things/b", s_method.Format(["a", "b"]));

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a b", "a%20b")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("ä", "%C3%A4")]
    [InlineData("a+b&c=d", "a%2Bb%26c%3Dd")]
    public void Every_value_is_escaped(string value, string escaped)
    {
        Assert.Equal("projects/p/things/" + escaped, s_method.Format(["p", value]));
        Assert.Equal("projects/p/things/t?filter=" + escaped, s_method.Format(["p", "t"], ("filter", value)));
    }

    [Fact]
    public void A_null_value_is_left_out_and_an_empty_one_is_not() =>
        Assert.Equal(
            "projects/p/things/t?pageToken=&fields=x",
            s_method.Format(["p", "t"], ("filter", null), ("pageToken", string.Empty), ("fields", "x")));

    [Fact]
    public void A_parameter_the_method_has_not_is_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => s_method.Format(["p", "t"], ("maxResults", "5")));
        Assert.Contains("compute.things.get", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("maxResults", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_every_method_has_is_known()
    {
        Assert.True(s_method.Knows("fields"));
        Assert.True(s_method.Knows("userProject"));
        Assert.True(s_method.Knows("prettyPrint"));
        Assert.True(s_method.Knows("filter"));
        Assert.False(s_method.Knows("Filter"));
    }

    [Fact]
    public void A_missing_path_value_is_an_error() => Assert.ThrowsAny<Exception>(() => s_method.Format(["p"]));
}
