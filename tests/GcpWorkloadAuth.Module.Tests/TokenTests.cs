using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests;

public sealed class TokenTests : CloudTest
{
    [Fact]
    public void A_token_needs_no_set_up()
    {
        RunResult result = Run("Get-GceAccessToken").MustSucceed();

        Assert.Equal("123456789012-compute@developer.gserviceaccount.com", result.Property("Account"));
        Assert.Equal("Bearer", result.Property("TokenType"));
        Assert.IsType<System.Security.SecureString>(result.Property("Token"));
        DateTime expires = Assert.IsType<DateTime>(result.Property("ExpiresAt"));
        Assert.Equal(DateTimeKind.Local, expires.Kind);
        Assert.InRange(expires, DateTime.Now.AddMinutes(50), DateTime.Now.AddMinutes(61));
    }

    [Fact]
    public void The_second_call_asks_nobody()
    {
        Run("Get-GceAccessToken").MustSucceed();
        Cloud.Requests.Clear();

        Run("Get-GceAccessToken; Get-GcpAccessToken").MustSucceed();

        Assert.Equal(0, Cloud.Requests.Count());
    }

    [Fact]
    public void Force_refresh_asks_again()
    {
        Run("Get-GceAccessToken; Get-GceAccessToken -ForceRefresh").MustSucceed();

        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public void Plain_text_and_header_carry_the_token_that_the_cloud_issued()
    {
        string plain = Run("Get-GceAccessToken -AsPlainText").Single<string>();
        RunResult header = Run("$h = Get-GceAccessToken -AsHeader; $h.Authorization; $h.Count").MustSucceed();

        Assert.StartsWith("ya29.", plain, StringComparison.Ordinal);
        Assert.Equal(["Bearer " + plain, "1"], header.Strings());
    }
}
