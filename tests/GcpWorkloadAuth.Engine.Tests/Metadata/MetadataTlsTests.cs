using GcpEmulator;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

/// <summary>The metadata server over TLS, with certificates as the guest agent writes them on Linux.</summary>
public sealed class MetadataTlsTests : IAsyncLifetime
{
    private const string Name = "metadata.google.internal";
    private readonly TestAuthority _root = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Events _events = new();
    private EmulatedCloud _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The agent's files have other names there, and the key another form.");
        _cloud = await EmulatedCloud.StartAsync(ct: TestContext.Current.CancellationToken);
        WriteCertificates(_root);
    }

    [Theory]
    [InlineData(MetadataTlsMode.Default)]
    [InlineData(MetadataTlsMode.Strict)]
    public async Task Certificates_make_it_TLS(object mode)
    {
        Uri secure = await _cloud.StartSecureAsync(_root.ForServer(Name), metadata: true);

        // Nothing answers without TLS.
        using HttpReply reply = await GetAsync((MetadataTlsMode)mode, "127.0.0.1:9", secure.Authority);

        Assert.Equal("demo-vm", reply.Text());
        Assert.Single(_cloud.Requests.All);
    }

    [Fact]
    public async Task Without_certificates_and_in_the_mode_none_it_is_plain()
    {
        Uri secure = await _cloud.StartSecureAsync(_root.ForServer(Name), metadata: true);

        Assert.Equal("demo-vm", (await GetAsync(MetadataTlsMode.None, Plain, secure.Authority, folder: [])).Text());
        Assert.Equal("demo-vm", (await GetAsync(MetadataTlsMode.Default, Plain, "127.0.0.1:9", folder: [_folder.Path + "-no"])).Text());
        await Fails.WithAsync("MetadataTlsUnavailable", () => GetAsync(MetadataTlsMode.Strict, Plain, secure.Authority, folder: [_folder.Path + "-no"]));
    }

    [Fact]
    public async Task A_server_of_another_root_or_name_is_not_believed()
    {
        using TestAuthority other = new();
        foreach (string secure in (string[])
            [(await _cloud.StartSecureAsync(other.ForServer(Name), metadata: true)).Authority, (await _cloud.StartSecureAsync(_root.ForServer(), metadata: true)).Authority])
        {
            await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(MetadataTlsMode.Strict, Plain, secure, seconds: 1));
            Assert.Empty(_cloud.Requests.All);

            // In the default mode it is spoken to without TLS, and not tried with it again at the next request.
            Assert.Equal("demo-vm", (await GetAsync(MetadataTlsMode.Default, Plain, secure)).Text());
            Assert.Equal("demo-vm", (await GetAsync(MetadataTlsMode.Default, Plain, secure)).Text());
            Assert.Equal(2, _cloud.Requests.All.Count);
            _cloud.Requests.Clear();
        }
    }

    [Fact]
    public async Task A_port_that_does_not_answer_is_left_for_plain_http_soon()
    {
        await using RawServer silent = RawServer.Silent();

        Assert.Equal("demo-vm", (await GetAsync(MetadataTlsMode.Default, Plain, silent.Host)).Text());
        await Fails.WithAsync("MetadataServerUnreachable", () => GetAsync(MetadataTlsMode.Strict, Plain, silent.Host, seconds: 1));
    }

    [Fact]
    public async Task Certificates_that_cannot_be_read_count_as_none_unless_it_must_be_TLS()
    {
        Uri secure = await _cloud.StartSecureAsync(_root.ForServer(Name), metadata: true);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "client.key"), "half of a ke", TestContext.Current.CancellationToken);

        Assert.Equal("demo-vm", (await GetAsync(MetadataTlsMode.Default, Plain, secure.Authority)).Text());
        await Fails.WithAsync("MetadataTlsUnavailable", () => GetAsync(MetadataTlsMode.Strict, Plain, secure.Authority));
    }

    [Fact]
    public void The_variable_chooses_and_other_words_are_errors()
    {
        Assert.Equal(MetadataTlsMode.Default, Mode(null));
        Assert.Equal(MetadataTlsMode.None, Mode("None"));
        Assert.Equal(MetadataTlsMode.Strict, Mode("STRICT"));
        Fails.With("MetadataTlsModeInvalid", () => Mode("on"));
    }

    [Fact]
    public void A_server_that_a_variable_names_has_no_such_certificates()
    {
        Fails.With("MetadataTlsUnavailable", () => With("strict").Find());
        Assert.Null(With("default").Find());
        Assert.Null(With("none").Find());

        static MetadataTls With(string mode) =>
            MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", "127.0.0.1:1"), ("GCE_METADATA_MTLS_MODE", mode))).Tls;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }

        _root.Dispose();
        _folder.Dispose();
    }

    private string Plain => _cloud.MetadataAddress.Authority;

    private static MetadataTlsMode Mode(string? text) =>
        MetadataAddress.From(text is null ? Snapshots.Empty : Snapshots.Of(("GCE_METADATA_MTLS_MODE", text))).Tls.Mode;

    private void WriteCertificates(TestAuthority authority)
    {
        (string certificate, string key) = authority.ForClient("vm");
        File.WriteAllText(Path.Combine(_folder.Path, "root.crt"), authority.Pem);
        File.WriteAllText(Path.Combine(_folder.Path, "client.key"), key + "\n" + certificate + "\n");
    }

    private Task<HttpReply> GetAsync(MetadataTlsMode mode, string plain, string secure, string[]? folder = null, double seconds = 10)
    {
        MetadataTls tls = new(mode, isOverridden: false, folder ?? [_folder.Path], secure);
        MetadataClient client = new(new MetadataAddress(plain, null, tls), TimeSpan.FromSeconds(seconds));
        return Worker.RunAsync(() => client.Get("instance/name", MetadataClient.ValueCap, TimeSpan.Zero, _events.Call()));
    }
}
