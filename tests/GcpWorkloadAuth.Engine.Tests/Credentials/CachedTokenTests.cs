using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

public sealed class CachedTokenTests
{
    [Fact]
    public async Task Its_life_runs_out()
    {
        CachedToken token = TokenSource.Token("t", 100);
        TimeSpan before = token.Left;
        await Task.Delay(60, TestContext.Current.CancellationToken);

        Assert.InRange(before.TotalSeconds, 99, 100);
        Assert.InRange((before - token.Left).TotalMilliseconds, 50, 5000);
        Assert.InRange(token.ExpiresUtc, DateTime.UtcNow.AddSeconds(95), DateTime.UtcNow.AddSeconds(100));
    }

    [Fact]
    public void A_token_of_unknown_life_never_ends()
    {
        CachedToken token = new("t", "Bearer", TimeSpan.MaxValue);

        Assert.Equal(TimeSpan.MaxValue, token.Left);
        Assert.Equal(DateTime.MaxValue, token.ExpiresUtc);
    }

    [Theory]
    [InlineData("ya29.a0Af_b-C~d+e/f=")]
    [InlineData("  ya29.padded \n")]
    public async Task An_access_token_is_used_as_it_is(string secret)
    {
        AccessTokenCredential credential = new(Secret(secret), null);

        CachedToken token = await credential.FetchAsync(null, [], Events.Quiet());
        Assert.Equal(secret.Trim(), token.Value);
        Assert.Equal("Bearer", token.Type);
        Assert.False(credential.IsLoopback);
        Assert.DoesNotContain("ya29", credential.Recipe, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Bearer ya29.SECRET")]
    [InlineData("SECRET\r\nX-Header: y")]
    [InlineData("SECRETä")]
    [InlineData("\"SECRET\"")]
    [InlineData("SECRET\0")]
    public void What_is_no_token_is_refused_and_not_repeated(string secret)
    {
        GcpException failure = Fails.With("AccessTokenInvalid", () => new AccessTokenCredential(Secret(secret), null));

        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "googleapis.com")]
    [InlineData("apis-berlin.example", "apis-berlin.example")]
    public async Task Its_universe_is_what_the_user_says(string? named, string expected)
    {
        Universe universe = await new AccessTokenCredential(Secret("t"), named).GetUniverseAsync(Events.Quiet());

        Assert.Equal(expected, universe.Domain);
        Assert.True(universe.IsTrusted);
    }

    [Fact]
    public void A_secret_is_revealed_and_digested()
    {
        Assert.Equal("größer 😀", Secrets.Reveal(Secret("größer 😀")));
        Assert.Equal(string.Empty, Secrets.Reveal(Secret(string.Empty)));
        Assert.Equal("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", Secrets.Digest("abc"));
    }

    internal static System.Security.SecureString Secret(string text)
    {
        System.Security.SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }
}
