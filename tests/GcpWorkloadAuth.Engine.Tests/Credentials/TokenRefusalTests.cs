using GcpEmulator;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

public sealed class TokenRefusalTests
{
    [Theory]
    [InlineData("invalid_grant", "Token has been expired or revoked.", null, "CredentialRevoked", "invalid_grant")]
    [InlineData("invalid_grant", "Bad Request", null, "CredentialRevoked", "invalid_grant")]
    [InlineData("invalid_grant", "Invalid JWT Signature.", null, "CredentialRevoked", "invalid_grant")]
    [InlineData("invalid_grant", "reauth related error (invalid_rapt)", "invalid_rapt", "ReauthenticationRequired", "invalid_rapt")]
    [InlineData("invalid_grant", "reauth related error (rapt_required)", "rapt_required", "ReauthenticationRequired", "rapt_required")]
    [InlineData("invalid_grant", "Bad Request", "invalid_rapt", "ReauthenticationRequired", "invalid_rapt")]
    [InlineData("invalid_grant", "Bad Request", "rapt_required", "ReauthenticationRequired", "rapt_required")]
    [InlineData("invalid_grant", "reauth related error (invalid_rapt)", null, "ReauthenticationRequired", "invalid_grant")]
    [InlineData("invalid_grant", "Invalid grant: account not found", null, "AccountNotUsable", "invalid_grant")]
    [InlineData("invalid_grant", "Account has been deleted", null, "AccountNotUsable", "invalid_grant")]
    [InlineData("invalid_grant", "The account has been disabled.", null, "AccountNotUsable", "invalid_grant")]
    [InlineData("invalid_grant", "Not a valid email or user ID.", null, "AccountNotUsable", "invalid_grant")]
    [InlineData("disabled_client", "The OAuth client was disabled.", null, "AccountNotUsable", "disabled_client")]
    [InlineData("deleted_client", "The OAuth client was deleted.", null, "AccountNotUsable", "deleted_client")]
    [InlineData(
        "invalid_grant",
        "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
        null,
        "ClockSkew",
        "invalid_grant")]
    [InlineData("invalid_client", "The OAuth client was not found.", null, "TokenRefused", "invalid_client")]
    [InlineData("invalid_scope", "Invalid OAuth scope or ID token audience provided.", null, "TokenRefused", "invalid_scope")]
    [InlineData("unauthorized_client", "Unauthorized", null, "TokenRefused", "unauthorized_client")]
    [InlineData("something_new", "News", null, "TokenRefused", "something_new")]
    public void Each_refusal_has_its_own_failure(string error, string description, string? subtype, string errorId, string reason)
    {
        GcpException failure = Explain(GoogleErrors.OAuth(error, description, subtype), status: 400);

        Fails.Check(errorId, failure);
        Assert.Equal(reason, failure.Reason);
        Assert.Equal(400, failure.StatusCode);
        Assert.Equal(GcpErrorKind.Authentication, failure.Kind);
        Assert.Contains("'key.json'", failure.Message, StringComparison.Ordinal);
        if (errorId != "ReauthenticationRequired")
        {
            Assert.Contains(description, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reauthentication_as_the_emulator_words_it() =>
        Fails.Check("ReauthenticationRequired", Explain(GoogleErrors.InvalidRapt(), 400));

    [Fact]
    public void A_refusal_without_a_description_is_still_whole() => Fails.Check("CredentialRevoked", Explain("{\"error\":\"invalid_grant\"}", 400));

    [Theory]
    [InlineData("{}", "RequestFailed")]
    [InlineData("[]", "RequestFailed")]
    [InlineData("{\"error\":null}", "RequestFailed")]
    [InlineData("{\"error\":{\"code\":403}}", "RequestFailed")]
    [InlineData("{\"error\":\"invalid_gr", "RequestFailed")]
    [InlineData("<html>502</html>", "ResponseNotJson")]
    [InlineData("", "ResponseNotJson")]
    [InlineData("nonsense", "ResponseNotJson")]
    public void What_is_no_refusal_in_oauths_form_is_a_failure_of_the_request(string body, string errorId)
    {
        GcpException failure = Explain(body, 403);

        Fails.Check(errorId, failure);
        Assert.Equal(403, failure.StatusCode);
        Assert.Contains("oauth2.googleapis.com", failure.Message, StringComparison.Ordinal);
    }

    private static GcpException Explain(string body, int status)
    {
        using HttpReply reply = Replies.Of(status, body, body.StartsWith('{') ? "application/json" : "text/html");
        return TokenRefusals.Explain(reply, "'key.json'", "oauth2.googleapis.com");
    }
}
