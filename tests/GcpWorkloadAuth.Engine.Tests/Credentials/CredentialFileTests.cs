using System.Text;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

public sealed class CredentialFileTests : IDisposable
{
    private const string Key = """{"type":"service_account","client_email":"robot@demo.example","private_key":"SECRET","project_id":"demo"}""";
    private const string User = """{"type":"authorized_user","client_id":"id","client_secret":"SECRET","refresh_token":"SECRET","quota_project_id":"q"}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_is_read()
    {
        CredentialFile file = Load(Key);

        Assert.Equal("service_account", file.Type);
        Assert.Equal("robot@demo.example", file.Account);
        Assert.Equal("demo", file.ProjectId);
        Assert.Equal("googleapis.com", file.UniverseDomain);
        Assert.Null(file.TokenUri);
        Assert.Null(file.QuotaProject);
        Assert.Equal(Key, file.Text);
    }

    [Fact]
    public void A_users_credential_is_read()
    {
        CredentialFile file = Load(User);

        Assert.Equal("authorized_user", file.Type);
        Assert.Equal("q", file.QuotaProject);
        Assert.Null(file.Account);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read()
    {
        string path = _folder.In("bom.json");
        File.WriteAllText(path, Key, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("demo", CredentialFile.Load(path, "test").ProjectId);
    }

    [Fact]
    public void A_missing_file_is_named_with_who_named_it()
    {
        string path = _folder.In("missing.json");

        GcpException failure = Fails.With("CredentialFileNotFound", () => CredentialFile.Load(path, "GOOGLE_APPLICATION_CREDENTIALS"));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", failure.Message, StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.NotFound, failure.Kind);
    }

    [Fact]
    public void A_file_below_a_file_is_missing() =>
        Fails.With("CredentialFileNotFound", () => CredentialFile.Load(Path.Combine(_folder.Write("f", "x"), "k.json"), "test"));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_refused(string content) => Fails.With("CredentialFileEmpty", () => Load(content));

    [Theory]
    [InlineData("SECRET")]
    [InlineData("{")]
    [InlineData("{\"type\":\"service_account\",\"private_key\":\"SECRET")]
    [InlineData("[]")]
    [InlineData("[{\"type\":\"service_account\",\"private_key\":\"SECRET\"}]")]
    [InlineData("\"SECRET\"")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{} {}")]
    [InlineData("{\"type\":\"service_account\"} trailing SECRET")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n")]
    [InlineData("<html>SECRET</html>")]
    [InlineData("{'type':'service_account'}")]
    public void What_is_no_json_object_is_refused_and_not_repeated(string content) =>
        NoSecret(Fails.With("CredentialFileNotJson", () => Load(content)));

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        string path = _folder.In("binary.json");
        File.WriteAllBytes(path, [0x30, 0x82, 0x04, 0xA4, 0x00, 0xFF, 0xFE, 0x80]);

        Fails.With("CredentialFileNotJson", () => CredentialFile.Load(path, "test"));
    }

    [Theory]
    [InlineData("gdch_service_account")]
    public void A_kind_of_later_versions_is_named(string type)
    {
        GcpException failure = Fails.With("CredentialTypeNotSupported", () => Load($$"""{"type":"{{type}}","private_key":"SECRET"}"""));

        Assert.Contains("'" + type + "'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(GcpErrorKind.NotSupported, failure.Kind);
        NoSecret(failure);
    }

    [Fact]
    public void An_unknown_kind_is_named_and_cut()
    {
        Assert.Contains("'Service_Account'", Fails.With("CredentialTypeUnknown", () => Load("""{"type":"Service_Account"}""")).Message, StringComparison.Ordinal);
        GcpException cut = Fails.With("CredentialTypeUnknown", () => Load("{\"type\":\"" + new string('x', 500) + "\"}"));
        Assert.DoesNotContain(new string('x', 61), cut.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":5}")]
    [InlineData("{\"type\":[\"service_account\"]}")]
    [InlineData("{\"type\":\"\"}")]
    [InlineData("{\"Type\":\"service_account\"}")]
    [InlineData("{\"installed\":{\"client_secret\":\"SECRET\"}}")]
    public void A_file_without_a_type_says_so(string content)
    {
        GcpException failure = Fails.With("CredentialFieldMissing", () => Load(content));

        Assert.Contains("'type'", failure.Message, StringComparison.Ordinal);
        NoSecret(failure);
    }

    [Theory]
    [InlineData("service_account", "client_email")]
    [InlineData("service_account", "private_key")]
    [InlineData("authorized_user", "client_id")]
    [InlineData("authorized_user", "client_secret")]
    [InlineData("authorized_user", "refresh_token")]
    public void A_missing_field_is_named(string type, string field)
    {
        string whole = type == "service_account" ? Key : User;
        string name = "\"" + field + "\":";
        string renamed = whole.Replace(name, "\"x" + field + "\":", StringComparison.Ordinal);
        string empty = System.Text.RegularExpressions.Regex.Replace(whole, name + "\"[^\"]*\"", name + "\"\"");
        string number = System.Text.RegularExpressions.Regex.Replace(whole, name + "\"[^\"]*\"", name + "7");
        foreach (string content in new[] { renamed, empty, number })
        {
            Assert.NotEqual(whole, content);
            GcpException failure = Fails.With("CredentialFieldMissing", () => Load(content));
            Assert.Contains("'" + field + "'", failure.Message, StringComparison.Ordinal);
            Assert.Contains("'" + type + "'", failure.Message, StringComparison.Ordinal);
            NoSecret(failure);
        }
    }

    [Fact]
    public void Up_to_64_KiB_are_read_and_not_a_byte_more()
    {
        const int largest = 64 * 1024;

        Assert.Equal("demo", Load(Key + new string(' ', largest - Key.Length)).ProjectId);
        GcpException failure = Fails.With("CredentialFileUnreadable", () => Load(Key + new string(' ', largest - Key.Length + 1)));
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_refused() =>
        Assert.Contains("folder", Fails.With("CredentialFileUnreadable", () => CredentialFile.Load(_folder.Path, "test")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/dev/zero", "CredentialFileUnreadable")]
    [InlineData("/dev/null", "CredentialFileEmpty")]
    public void A_link_to_a_device_ends_at_once(string device, string errorId)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Devices are files on Linux.");
        string link = _folder.In("link.json");
        File.CreateSymbolicLink(link, device);

        Fails.With(errorId, () => CredentialFile.Load(link, "test"));
        Fails.With(errorId, () => CredentialFile.Load(device, "test"));
    }

    [Fact]
    public void A_link_to_a_key_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        string link = _folder.In("link.json");
        File.CreateSymbolicLink(link, _folder.Write("key.json", Key));

        Assert.Equal("demo", CredentialFile.Load(link, "test").ProjectId);
    }

    [Fact]
    public void A_link_to_nothing_is_missing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        string link = _folder.In("link.json");
        File.CreateSymbolicLink(link, _folder.In("nowhere"));

        Assert.Contains(
            Assert.Throws<GcpException>(() => CredentialFile.Load(link, "test")).ErrorId,
            new[] { "CredentialFileNotFound", "CredentialFileUnreadable" });
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("")]
    public void A_path_that_is_none_is_a_failure_of_the_catalogue(string path) =>
        Assert.Contains(
            Assert.Throws<GcpException>(() => CredentialFile.Load(path, "test")).ErrorId,
            new[] { "CredentialFileNotFound", "CredentialFileUnreadable" });

    [Fact]
    public void Text_that_came_without_a_file_is_checked_the_same_way()
    {
        Assert.Equal("demo", CredentialFile.FromText(Key, "given as -CredentialJson").ProjectId);
        Assert.Contains(
            "given as -CredentialJson",
            Fails.With("CredentialFileNotJson", () => CredentialFile.FromText("x", "given as -CredentialJson")).Message,
            StringComparison.Ordinal);
    }

    private CredentialFile Load(string content) => CredentialFile.Load(_folder.Write("credential.json", content), "test");

    private static void NoSecret(GcpException failure) =>
        Assert.DoesNotContain("SECRET", failure.ToString() + failure.Advice, StringComparison.Ordinal);
}
