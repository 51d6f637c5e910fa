using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

/// <summary>What a credential file may say about where its secret goes, and what it may not.</summary>
public sealed class FileCredentialTests
{
    [Theory]
    [InlineData("https://oauth2.googleapis.com/token")]
    [InlineData("https://accounts.google.com/o/oauth2/token")]
    [InlineData("https://OAUTH2.googleapis.com/token")]
    [InlineData("https://oauth2.googleapis.com:443/token")]
    [InlineData(null)]
    [InlineData("")]
    public void A_token_uri_of_google_is_accepted(string? tokenUri)
    {
        FileCredential credential = new(Key(tokenUri), null, null);

        Assert.False(credential.IsLoopback);
        Assert.Equal("robot@demo.example", credential.Account);
        Assert.Equal("demo", credential.ProjectId);
        Assert.True(credential.CanChooseScopes);
        Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], credential.DefaultScopes);
    }

    [Theory]
    [InlineData("https://evil.example/token", "evil.example")]
    [InlineData("http://oauth2.googleapis.com/token", "oauth2.googleapis.com")]
    [InlineData("https://oauth2.googleapis.com.evil.example/token", "evil.example")]
    [InlineData("https://evil-oauth2.googleapis.com/token", "evil-oauth2")]
    [InlineData("https://storage.googleapis.com/token", "storage.googleapis.com")]
    [InlineData("https://oauth2.googleapis.com./token", "googleapis.com.")]
    [InlineData("https://oauth2.googleapis.com:8443/token", ":8443")]
    [InlineData("https://me@oauth2.googleapis.com/token", "oauth2")]
    [InlineData("https://oauth2.googleapis.com@evil.example/token", "evil.example")]
    [InlineData("https://evil.example\\@oauth2.googleapis.com/token", "?")]
    [InlineData("https://evil.example#@oauth2.googleapis.com/token", "evil.example")]
    [InlineData("https://evil.example?@oauth2.googleapis.com/token", "evil.example")]
    [InlineData("https://oauth2\u3002googleapis\u3002com/token", "")]
    [InlineData("https://xn--oauth2-.googleapis.com/token", "")]
    [InlineData("https://127.0.0.1:9000/token", "127.0.0.1")]
    [InlineData("http://localhost/token", "localhost")]
    [InlineData("http://169.254.169.254/computeMetadata/v1/", "169.254")]
    [InlineData("//oauth2.googleapis.com/token", "")]
    [InlineData("oauth2.googleapis.com/token", "?")]
    [InlineData("file:///etc/passwd", "")]
    [InlineData("javascript:alert(1)", "")]
    [InlineData("nonsense", "?")]
    public void A_foreign_token_uri_is_refused(string tokenUri, string shown)
    {
        GcpException failure = Fails.With("TokenUriRefused", () => new FileCredential(Key(tokenUri), null, null));

        Assert.Contains(shown, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("me@", failure.Message, StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.Security, failure.Kind);
    }

    [Fact]
    public void A_users_file_with_a_foreign_token_uri_is_refused_too() =>
        Fails.With(
            "TokenUriRefused",
            () => new FileCredential(
                CredentialFile.FromText(
                    """{"type":"authorized_user","client_id":"i","client_secret":"s","refresh_token":"r","token_uri":"https://evil.example/"}""", "test"),
                null,
                null));

    [Fact]
    public void The_endpoint_the_user_names_takes_the_place_of_the_files()
    {
        FileCredential credential = new(Key("https://evil.example/token"), new Uri("http://127.0.0.1:9000/token"), null);

        Assert.True(credential.IsLoopback);
        Assert.Contains("http://127.0.0.1:9000/token", credential.Recipe, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", credential.Recipe, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apis-berlin.example", null)]
    [InlineData("apis-berlin.example", "googleapis.com")]
    [InlineData("apis-berlin.example", "other.example")]
    [InlineData("googleapis.com", "apis-berlin.example")]
    [InlineData(null, "apis-berlin.example")]
    public void A_universe_that_nobody_but_the_file_names_is_refused(string? file, string? trusted)
    {
        GcpException failure = Fails.With("UniverseMismatch", () => new FileCredential(Key(null, file), null, trusted));

        Assert.Contains(file ?? "googleapis.com", failure.Message, StringComparison.Ordinal);
        Assert.Contains(trusted ?? "googleapis.com", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "googleapis.com")]
    [InlineData("GoogleApis.com", null, "GoogleApis.com")]
    [InlineData("googleapis.com", "googleapis.com", "googleapis.com")]
    [InlineData("apis-berlin.example", "apis-berlin.example", "apis-berlin.example")]
    [InlineData("apis-berlin.example", "APIS-berlin.example", "apis-berlin.example")]
    public async Task A_universe_that_the_user_names_is_trusted(string? file, string? trusted, string expected)
    {
        FileCredential credential = new(Key(null, file), null, trusted);

        Universe universe = await credential.GetUniverseAsync(Events.Quiet());
        Assert.Equal(expected, universe.Domain);
        Assert.True(universe.IsTrusted);
    }

    [Fact]
    public void The_recipe_changes_with_the_content_and_shows_none_of_it()
    {
        string one = new FileCredential(Key(null, email: "one@demo.example"), null, null).Recipe;
        string two = new FileCredential(Key(null, email: "two@demo.example"), null, null).Recipe;

        Assert.NotEqual(one, two);
        Assert.DoesNotContain("SECRET", one, StringComparison.Ordinal);
        Assert.DoesNotContain("one@", one, StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_scopes_are_fixed_and_its_project_is_nobodys()
    {
        CredentialFile file = CredentialFile.FromText(
            """{"type":"authorized_user","client_id":"i","client_secret":"s","refresh_token":"r","project_id":"p","quota_project_id":"q"}""", "test");
        FileCredential credential = new(file, null, null);

        Assert.False(credential.CanChooseScopes);
        Assert.Empty(credential.DefaultScopes);
        Assert.Null(credential.ProjectId);
        Assert.Equal("q", credential.QuotaProject);
    }

    private static CredentialFile Key(string? tokenUri, string? universe = null, string email = "robot@demo.example") => CredentialFile.FromText(
        new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = "service_account",
            ["client_email"] = email,
            ["private_key"] = "SECRET",
            ["project_id"] = "demo",
            ["token_uri"] = tokenUri,
            ["universe_domain"] = universe,
        }.ToJsonString(),
        "test");
}
