using GcpEmulator;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Settings;

/// <summary>Session, then environment, then the credential, then gcloud's configuration, then the metadata server.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class SettingsResolverTests : IDisposable
{
    private readonly ProcessEnvironment _environment = new();
    private readonly string _gcloud;
    private readonly string _key;

    public SettingsResolverTests()
    {
        _gcloud = _environment.Folder.Write(
            Path.Combine("configurations", "config_default"),
            "[core]\nproject = of-gcloud\n[compute]\nzone = zone-of-gcloud\nregion = region-of-gcloud\n[billing]\nquota_project = quota-of-gcloud\n");
        _key = _environment.Folder.Write(
            "key.json",
            """{"type":"service_account","client_email":"e","private_key":"k","project_id":"of-key","quota_project_id":"quota-of-key"}""");
    }

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task The_project_comes_from_the_nearest_source()
    {
        SessionRecord record = new() { Kind = CredentialKind.File, CredentialPath = _key, Project = "of-session" };
        (string Name, string Value)[] variables =
        [
            ("GOOGLE_CLOUD_PROJECT", "of-google"), ("GCLOUD_PROJECT", "of-gcloud-variable"), ("CLOUDSDK_CORE_PROJECT", "of-sdk"),
        ];
        foreach ((string name, string value) in variables)
        {
            _environment.Set(name, value);
        }

        await ProjectIsAsync(record, "of-session", "session");
        record = record with { Project = null };
        foreach ((string name, string value) in variables)
        {
            await ProjectIsAsync(record, value, name);
            _environment.Set(name, null);
        }

        await ProjectIsAsync(record, "of-key", "'" + _key + "'");
        _environment.Folder.Write("key.json", """{"type":"service_account","client_email":"e","private_key":"k"}""");
        await ProjectIsAsync(record, "of-gcloud", _gcloud);
        File.Delete(_gcloud);
        await Fails.WithAsync("NoProject", () => SettingsResolver.ProjectAsync(EngineSession.Of(record), Events.Quiet()));
    }

    [Fact]
    public async Task On_a_machine_of_google_cloud_the_metadata_server_is_asked_last()
    {
        await using EmulatedCloud cloud = await EmulatedCloud.StartAsync();
        _environment.Set("NO_GCE_CHECK", null);
        _environment.Set("GCE_METADATA_HOST", cloud.MetadataAddress.Authority);
        _environment.Set("GCE_METADATA_TIMEOUT", "10");

        await ProjectIsAsync(new SessionRecord(), "of-gcloud", _gcloud);
        File.Delete(_gcloud);
        await ProjectIsAsync(new SessionRecord(), "demo-project", "metadata server");
    }

    [Fact]
    public async Task A_metadata_server_that_is_not_there_is_explained_as_no_credential()
    {
        File.Delete(_gcloud);
        _environment.Set("NO_GCE_CHECK", null);
        _environment.Set("GCE_METADATA_HOST", "127.0.0.1:9");
        _environment.Set("GCE_METADATA_TIMEOUT", "0.2");

        GcpException failure = await Fails.WithAsync(
            "NoCredentials", () => SettingsResolver.ProjectAsync(EngineSession.Of(new SessionRecord()), Events.Quiet()));
        Assert.Contains("127.0.0.1:9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("application_default_credentials.json (not there)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zone", "CLOUDSDK_COMPUTE_ZONE")]
    [InlineData("region", "CLOUDSDK_COMPUTE_REGION")]
    public void Zone_and_region_come_from_the_nearest_source(string setting, string variable)
    {
        SessionRecord record = setting == "zone" ? new() { Zone = "zone-of-session" } : new() { Region = "region-of-session" };
        _environment.Set(variable, setting + "-of-variable");

        Assert.Equal((setting + "-of-session", "session"), Local(record));
        Assert.Equal((setting + "-of-variable", variable), Local(new SessionRecord()));
        _environment.Set(variable, null);
        Assert.Equal((setting + "-of-gcloud", _gcloud), Local(new SessionRecord()));
        File.Delete(_gcloud);
        Assert.Null(Local(new SessionRecord()));

        (string Value, string Source)? Local(SessionRecord r)
        {
            EngineSession session = EngineSession.Of(r);
            SettingValue? value = setting == "zone" ? SettingsResolver.LocalZone(session) : SettingsResolver.LocalRegion(session);
            return value is null ? null : (value.Value, value.Source);
        }
    }

    [Fact]
    public void The_quota_project_comes_from_the_nearest_source()
    {
        SessionRecord record = new() { Kind = CredentialKind.File, CredentialPath = _key, QuotaProject = "quota-of-session" };
        _environment.Set("GOOGLE_CLOUD_QUOTA_PROJECT", "quota-of-variable");

        Assert.Equal("quota-of-session", Quota(record));
        record = record with { QuotaProject = null };
        Assert.Equal("quota-of-variable", Quota(record));
        _environment.Set("GOOGLE_CLOUD_QUOTA_PROJECT", null);
        Assert.Equal("quota-of-key", Quota(record));
        _environment.Folder.Write("key.json", """{"type":"service_account","client_email":"e","private_key":"k"}""");
        Assert.Equal("quota-of-gcloud", Quota(record));
    }

    [Theory]
    [InlineData("LEGACY")]
    [InlineData("CURRENT_PROJECT")]
    [InlineData("CURRENT_PROJECT_WITH_FALLBACK")]
    public void Gclouds_words_for_the_resources_own_project_are_no_quota_project(string word)
    {
        File.WriteAllText(_gcloud, "[billing]\nquota_project = " + word + "\n");

        Assert.Null(SettingsResolver.QuotaProject(EngineSession.Of(new SessionRecord())));
    }

    [Fact]
    public void A_changed_file_of_gcloud_is_read_again()
    {
        SessionRecord record = new();
        Assert.Equal("of-gcloud", SettingsResolver.LocalProject(EngineSession.Of(record))?.Value);

        File.WriteAllText(_gcloud, "[core]\nproject = changed\n");
        Assert.Equal("changed", SettingsResolver.LocalProject(EngineSession.Of(record))?.Value);
        _environment.Folder.Write(Path.Combine("configurations", "config_work"), "[core]\nproject = of-work\n");
        _environment.Folder.Write("active_config", "work");
        Assert.Equal("of-work", SettingsResolver.LocalProject(EngineSession.Of(record))?.Value);
    }

    private static string? Quota(SessionRecord record)
    {
        EngineSession session = EngineSession.Of(record);
        _ = session.Credential;
        return SettingsResolver.QuotaProject(session)?.Value;
    }

    private static async Task ProjectIsAsync(SessionRecord record, string project, string source)
    {
        SettingValue value = await SettingsResolver.ProjectAsync(EngineSession.Of(record), Events.Quiet());
        Assert.Equal((project, source), (value.Value, value.Source));
    }
}
