using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Catalogue;

/// <summary>What somebody else wrote is shown without what looks like a secret.</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("Invalid token: ya29.a0Af_b-C~d+e/f= was sent", "Invalid token: ya29.*** was sent")]
    [InlineData("access_token=ya29.SECRET&x=y", "access_token=ya29.***&x=y")]
    [InlineData("access_token%3Dya29.SECRET", "access_token%3Dya29.***")]
    [InlineData("https://h/ya29.SECRET", "https://h/ya29.***")]
    [InlineData("Bearer%20ya29.SECRET", "Bearer%20ya29.***")]
    [InlineData("ya29.SECRET and ya29.SECRET", "ya29.*** and ya29.***")]
    [InlineData("'eyJhbGciOi.eyJzdWIi.c2ln-_'", "'eyJ***'")]
    [InlineData("assertion=eyJhbGciOi.eyJzdWIi.c2ln", "assertion=eyJ***")]
    [InlineData("%22eyJSECRET%22", "%22eyJ***")]
    [InlineData("/eyJSECRET", "/eyJ***")]
    [InlineData("refresh_token=1//0SECRET", "refresh_token=1//***")]
    [InlineData("refresh_token=1%2F%2F0SECRET&a", "refresh_token=1%2F%2F***&a")]
    [InlineData("\"client_secret\":\"GOCSPX-SECRET\"", "\"client_secret\":\"GOCSPX-***\"")]
    [InlineData("xGOCSPX-SECRET", "xGOCSPX-***")]
    [InlineData("\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nSECRET\\n\",\"a\":1", "\"private_key\":\"-----BEGIN***")]
    [InlineData("x------BEGIN RSA PRIVATE KEY-----SECRET", "x------BEGIN***")]
    public void A_secret_is_cut_to_its_beginning(string text, string expected)
    {
        Assert.DoesNotContain("SECRET", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Redaction.Of(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("No secret here.")]
    [InlineData("keyJoe and HeyJude")]
    [InlineData("ya29 alone, eyJ, 1//")]
    [InlineData("https://compute.googleapis.com/compute/v1/projects/demo")]
    [InlineData("101//x")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, Redaction.Of(text));

    [Fact]
    public void A_failure_is_redacted_in_message_and_advice()
    {
        GcpException failure = Errors.ApiDisabled("api ya29.SECRET", "p", "https://h/?token=ya29.SECRET");

        Assert.DoesNotContain("SECRET", failure.Message + failure.Advice, StringComparison.Ordinal);
    }
}
