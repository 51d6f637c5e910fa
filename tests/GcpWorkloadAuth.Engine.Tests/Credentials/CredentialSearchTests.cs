using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

/// <summary>Where a session's credential is looked for, and when it is looked for again.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class CredentialSearchTests : IDisposable
{
    private const string Key = """{"type":"service_account","client_email":"robot@demo.example","private_key":"k","project_id":"p"}""";
    private const string User = """{"type":"authorized_user","client_id":"i","client_secret":"s","refresh_token":"r"}""";
    private readonly ProcessEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void The_variables_file_comes_first()
    {
        Named(Key);
        Adc(User);

        Assert.Equal("service_account", EngineSession.Of(new SessionRecord()).Credential.Type);
    }

    [Theory]
    [InlineData("", "CredentialFileEmpty")]
    [InlineData("x", "CredentialFileNotJson")]
    [InlineData("{\"type\":\"gdch_service_account\"}", "CredentialTypeNotSupported")]
    [InlineData(null, "CredentialFileNotFound")]
    public void A_broken_file_of_the_variable_is_an_error_and_no_fall_through(string? content, string errorId)
    {
        Adc(User);
        string path = Named(content ?? string.Empty);
        if (content is null)
        {
            File.Delete(path);
        }

        Assert.Contains(path, Fails.With(errorId, () => EngineSession.Of(new SessionRecord()).Credential).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gclouds_credential_comes_next()
    {
        string path = Adc(User);

        Credential credential = EngineSession.Of(new SessionRecord()).Credential;

        Assert.Equal(("authorized_user", "'" + path + "'"), (credential.Type, credential.Source));
    }

    [Fact]
    public void A_broken_credential_of_gcloud_is_an_error_too()
    {
        Adc("x");

        Fails.With("CredentialFileNotJson", () => EngineSession.Of(new SessionRecord()).Credential);
    }

    [Fact]
    public void The_metadata_server_comes_last()
    {
        _environment.Set("NO_GCE_CHECK", null);

        Assert.Equal("MetadataServer", EngineSession.Of(new SessionRecord()).Credential.Type);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("TRUE")]
    public void Without_the_metadata_server_every_place_is_named(string value)
    {
        _environment.Set("NO_GCE_CHECK", value);

        GcpException failure = Fails.With("NoCredentials", () => EngineSession.Of(new SessionRecord()).Credential);

        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS (not set)", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_environment.Folder.In("application_default_credentials.json") + " (not there)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("NO_GCE_CHECK", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_session_names_wins_over_all()
    {
        Named("broken");
        Adc("broken");
        string path = _environment.Folder.Write("own.json", Key);

        Assert.Equal("MetadataServer", EngineSession.Of(new SessionRecord { Kind = CredentialKind.MetadataServer }).Credential.Type);
        Assert.Equal("service_account", EngineSession.Of(new SessionRecord { Kind = CredentialKind.File, CredentialPath = path }).Credential.Type);
        Assert.Equal(
            "authorized_user",
            EngineSession.Of(new SessionRecord { Kind = CredentialKind.Json, CredentialJson = CachedTokenTests.Secret(User) }).Credential.Type);
        Assert.Equal(
            "AccessToken",
            EngineSession.Of(new SessionRecord { Kind = CredentialKind.AccessToken, AccessToken = CachedTokenTests.Secret("t") }).Credential.Type);
    }

    [Fact]
    public void A_failure_is_not_kept()
    {
        SessionRecord record = new();
        Fails.With("NoCredentials", () => EngineSession.Of(record).Credential);

        Adc(User);

        Assert.Equal("authorized_user", EngineSession.Of(record).Credential.Type);
    }

    [Fact]
    public void A_session_stays_while_nothing_changes_and_is_made_anew_when_something_does()
    {
        string path = Adc(User);
        SessionRecord record = new();
        EngineSession first = EngineSession.Of(record);
        string recipe = first.Credential.Recipe;
        Assert.Same(first, EngineSession.Of(record));

        File.WriteAllText(path, User.Replace("\"r\"", "\"another\"", StringComparison.Ordinal));
        EngineSession second = EngineSession.Of(record);
        Assert.NotSame(first, second);
        Assert.NotEqual(recipe, second.Credential.Recipe);

        _environment.Set("GOOGLE_APPLICATION_CREDENTIALS", _environment.Folder.Write("key.json", Key));
        Assert.Equal("service_account", EngineSession.Of(record).Credential.Type);
        _environment.Set("GOOGLE_APPLICATION_CREDENTIALS", null);
        File.Delete(path);
        Fails.With("NoCredentials", () => EngineSession.Of(record).Credential);
    }

    [Fact]
    public void A_changed_record_starts_anew()
    {
        Adc(User);
        SessionRecord record = new();
        EngineSession first = EngineSession.Of(record);

        Assert.NotSame(first, EngineSession.Of(record with { Project = "p" }));
        Assert.Same(first, EngineSession.Of(record));
    }

    [Fact]
    public void Scopes_cannot_be_chosen_where_they_are_fixed()
    {
        Adc(User);

        Fails.With("ScopesFixed", () => EngineSession.Of(new SessionRecord { Scopes = ["s"] }).Credential);
        Fails.With("ScopesFixed", () => EngineSession.Of(new SessionRecord()).HandleOf(new TokenRequest { Scopes = ["s"] }));
    }

    [Fact]
    public void A_scope_that_is_none_is_refused()
    {
        Fails.With("ScopeInvalid", () => EngineSession.Of(new SessionRecord { Scopes = ["a b"] }));
        Adc(Key);
        Fails.With("ScopeInvalid", () => EngineSession.Of(new SessionRecord()).HandleOf(new TokenRequest { Scopes = ["a,b"] }));
    }

    [Fact]
    public void An_attached_account_needs_the_metadata_server()
    {
        Adc(Key);

        Fails.With("ServiceAccountNeedsMetadataServer", () => EngineSession.Of(new SessionRecord()).HandleOf(new TokenRequest { ServiceAccount = "a@b" }));
    }

    [Fact]
    public void The_key_of_a_token_holds_the_whole_recipe()
    {
        Adc(Key);
        SessionRecord plain = new();
        TokenCell cell = EngineSession.Of(plain).DefaultHandle.Cell;

        Assert.Same(cell, EngineSession.Of(new SessionRecord { Name = "another name", Project = "p" }).DefaultHandle.Cell);
        Assert.Same(cell, EngineSession.Of(plain).HandleOf(new TokenRequest { Scopes = [Credential.CloudPlatformScope] }).Cell);
        TokenCell[] others =
        [
            EngineSession.Of(new SessionRecord { Scopes = ["s"] }).DefaultHandle.Cell,
            EngineSession.Of(new SessionRecord { Partition = "p" }).DefaultHandle.Cell,
            EngineSession.Of(new SessionRecord { UniverseDomain = "googleapis.com" }).DefaultHandle.Cell,
            EngineSession.Of(plain).HandleOf(new TokenRequest { Scopes = ["s", "t"] }).Cell,
            EngineSession.Of(new SessionRecord
            {
                Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["token"] = "https://sts.example/token" },
            }).DefaultHandle.Cell,
        ];
        Assert.Equal(others.Length + 1, others.Append(cell).Distinct().Count());
    }

    [Fact]
    public void Forgetting_a_session_drops_its_tokens()
    {
        Adc(Key);
        EngineSession session = EngineSession.Of(new SessionRecord { Partition = Guid.NewGuid().ToString("N") });
        TokenCell cell = session.DefaultHandle.Cell;
        TokenCell scoped = session.HandleOf(new TokenRequest { Scopes = ["s"] }).Cell;
        new TokenSource().FetchAndAnswer(cell, TokenSource.Token("t", 3600));
        new TokenSource().FetchAndAnswer(scoped, TokenSource.Token("t", 3600));

        session.Forget();

        Assert.Null(cell.Current);
        Assert.Null(scoped.Current);
        Assert.Null(session.KnownHandle);
    }

    private string Adc(string content) => _environment.Folder.Write("application_default_credentials.json", content);

    private string Named(string content)
    {
        string path = _environment.Folder.Write("named.json", content);
        _environment.Set("GOOGLE_APPLICATION_CREDENTIALS", path);
        return path;
    }
}
