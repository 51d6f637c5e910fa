using System.Text;
using CsCheck;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Identities;

namespace GcpWorkloadAuth.Engine.Tests.Identities;

public sealed class IdentityJwtTests
{
    [Fact]
    public void Claims_are_read_whatever_their_form()
    {
        IdentityJwt jwt = IdentityJwt.TryRead(Token(
            """{"aud":["one","two"],"iss":"i","sub":"s","email":"e@x.y","exp":1700003600,"iat":1700000000,"google":{"compute_engine":{"instance_id":"18446744073709551615","project_number":12,"license_id":["1",2],"zone":7}}}"""))!;

        Assert.Equal("one", jwt.Audience);
        Assert.Equal("e@x.y", jwt.Email);
        Assert.Equal(new DateTime(2023, 11, 14, 23, 13, 20, DateTimeKind.Utc), jwt.ExpiresUtc);
        Assert.Equal(18446744073709551615UL, jwt.Instance!.InstanceId);
        Assert.Equal(12UL, jwt.Instance.ProjectNumber);
        Assert.Equal(["1"], jwt.Instance.LicenseIds);
        Assert.Null(jwt.Instance.Zone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.e30.")]
    [InlineData(".e30.c")]
    [InlineData("a.W10.c")]
    [InlineData("a.e30.c.d")]
    [InlineData("a.!!!.c")]
    public void What_is_no_token_is_none(string text) => Assert.Null(IdentityJwt.TryRead(text));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"exp":"soon"}""")]
    [InlineData("""{"exp":-1}""")]
    [InlineData("""{"exp":9e99}""")]
    [InlineData("""{"exp":99999999999999}""")]
    public void A_token_without_an_end_is_not_kept(string claims) => Assert.Null(IdentityJwt.ToCachedToken(Token(claims)));

    [Theory]
    [InlineData(0, 3600)]
    [InlineData(-1800, 1800)]
    [InlineData(7200, 3600)] // this machine's clock is two hours behind
    public void A_token_lives_no_longer_than_it_was_made_for(int issuedIn, int left)
    {
        long start = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + issuedIn;

        CachedToken token = IdentityJwt.ToCachedToken(Token($$"""{"iat":{{start}},"exp":{{start + 3600}}}"""))!;

        Assert.InRange(token.Left.TotalSeconds, left - 5, left + 1);
    }

    [Fact]
    public void Nothing_makes_it_throw() => Gen.String.Sample(text =>
    {
        _ = IdentityJwt.TryRead(text);
        _ = IdentityJwt.TryRead("a." + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=') + ".c");
        _ = IdentityJwt.ToCachedToken(text);
    });

    private static string Token(string claims) =>
        "e30." + Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
}
