using GcpWorkloadAuth.Engine.Diagnosis;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Diagnosis;

[Collection(EnvironmentTests.Name)]
public sealed class ProxySettingsTests : IDisposable
{
    private readonly ProcessEnvironment _environment = new();

    public ProxySettingsTests()
    {
        foreach (string name in new[] { "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy" })
        {
            _environment.Set(name, null);
        }
    }

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData("http://proxy.example:3128", "HTTPS_PROXY=http://proxy.example:3128")]
    [InlineData("http://user:SECRET@proxy.example:3128/", "HTTPS_PROXY=http://proxy.example:3128")]
    [InlineData("user:SECRET@proxy.example:3128", "HTTPS_PROXY=http://proxy.example:3128")]
    [InlineData("proxy.example:3128", "HTTPS_PROXY=http://proxy.example:3128")]
    [InlineData("http://user:SEC RET@/x?SECRET", null)]
    public void A_proxy_is_shown_without_its_password(string value, string? shown)
    {
        _environment.Set("HTTPS_PROXY", value);

        string named = Assert.Single(ProxySettings.Named());

        Assert.True(ProxySettings.IsNamed());
        Assert.DoesNotContain("SEC", named, StringComparison.Ordinal);
        Assert.True(shown is null || named == shown, named);
    }

    [Fact]
    public void Exceptions_are_shown_as_they_are_and_are_no_proxy()
    {
        _environment.Set("NO_PROXY", ".internal,169.254.169.254");

        Assert.Equal("NO_PROXY=.internal,169.254.169.254", Assert.Single(ProxySettings.Named()));
        Assert.False(ProxySettings.IsNamed());
    }

    [Fact]
    public void Nothing_stands_before_loopback() => Assert.Null(ProxySettings.Between(new Uri("http://127.0.0.1:8080/")));
}
