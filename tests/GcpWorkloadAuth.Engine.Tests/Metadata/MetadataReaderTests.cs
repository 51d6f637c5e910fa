using GcpEmulator;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Metadata;

public sealed class MetadataReaderTests : IAsyncLifetime
{
    private EmulatedCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await EmulatedCloud.StartAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task A_value_is_json()
    {
        MetadataAnswer id = await GetAsync("instance/id");
        MetadataAnswer name = await GetAsync("instance/name");

        Assert.True(id.IsJson);
        Assert.True(id.Value is long or ulong, "an id is a number");
        Assert.Equal("demo-vm", name.Value);
        Assert.False(string.IsNullOrEmpty(name.ETag));
    }

    [Fact]
    public async Task A_value_as_text_is_what_the_server_says()
    {
        MetadataAnswer answer = await GetAsync(new MetadataQuery { Path = "instance/zone", AsText = true });

        Assert.False(answer.IsJson);
        Assert.Equal("projects/123456789012/zones/europe-west1-b", answer.Text);
        Assert.DoesNotContain("alt=", LastQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("instance/")]
    [InlineData("instance")]
    [InlineData("")]
    public async Task A_directory_is_a_listing_with_or_without_its_slash(string path)
    {
        MetadataAnswer answer = await GetAsync(path);

        Assert.True(answer.IsDirectory);
        Assert.False(answer.IsJson);
        Assert.Contains(path.Length == 0 ? "instance/\n" : "attributes/\n", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("instance")]
    [InlineData("instance/")]
    public async Task A_tree_is_one_value(string path)
    {
        MetadataAnswer answer = await GetAsync(new MetadataQuery { Path = path, Recursive = true });

        Dictionary<string, object?> tree = Assert.IsType<Dictionary<string, object?>>(answer.Value);
        Assert.Equal("demo-vm", tree["name"]);
        Assert.False(answer.IsDirectory);
    }

    [Fact]
    public async Task A_leaf_asked_for_as_a_tree_is_the_leaf() =>
        Assert.Equal("demo-vm", (await GetAsync(new MetadataQuery { Path = "instance/name", Recursive = true })).Value);

    [Fact]
    public async Task A_names_odd_characters_are_escaped()
    {
        _cloud.State.Machine.SetInstanceAttribute("a key & more", "v");

        Assert.Equal("v", (await GetAsync("instance/attributes/a key & more")).Value);
        Assert.Equal("v", (await GetAsync("instance/attributes/a%20key%20%26%20more")).Value);
        Assert.Contains("/a%20key%20%26%20more", _cloud.Requests.All[^1].Path + string.Empty, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("instance/nothing")]
    [InlineData("instance/attributes/nothing")]
    [InlineData("nothing")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        Assert.Contains("'" + path + "'", (await Fails.WithAsync("MetadataPathNotFound", () => GetAsync(path))).Message, StringComparison.Ordinal);
        await Fails.WithAsync("MetadataPathNotFound", () => GetAsync(new MetadataQuery { Path = path, Recursive = true }));
    }

    [Theory]
    [InlineData("/instance/name")]
    [InlineData("instance//name")]
    [InlineData("../v1/instance/name")]
    [InlineData("instance/../project/project-id")]
    [InlineData("instance/./name")]
    [InlineData("instance/%2e%2e/project/project-id")]
    [InlineData("instance/%2E./project/project-id")]
    [InlineData("instance/name?alt=json")]
    [InlineData("instance/name#x")]
    [InlineData("instance\\name")]
    [InlineData("http://169.254.169.254/computeMetadata/v1/instance/name")]
    public async Task A_path_that_would_leave_the_tree_or_hold_a_query_is_refused_before_anything_is_sent(string path)
    {
        await Fails.WithAsync("MetadataPathInvalid", () => GetAsync(path));

        Assert.Equal(0, _cloud.Requests.Count());
    }

    [Theory]
    [InlineData("instance/service-accounts/default/token")]
    [InlineData("instance/service-accounts/default/identity")]
    [InlineData("instance/service-accounts/default/token/")]
    [InlineData("instance/service-accounts/me@demo.example/token")]
    [InlineData("instance/service-accounts/default/%74oken")]
    [InlineData("instance/%73ervice-accounts/default/token")]
    [InlineData("instance/service-accounts/default%2Ftoken")]
    [InlineData("instance/attributes/%2e%2e/service-accounts/default/token")]
    [InlineData("instance/service-accounts/x/%2e%2e/default/token")]
    public async Task A_secret_is_never_shown(string path)
    {
        GcpException failure = await Assert.ThrowsAsync<GcpException>(() => GetAsync(path));

        Assert.Contains(failure.ErrorId, new[] { "MetadataPathIsSecret", "MetadataPathInvalid" });
        Assert.Equal(0, _cloud.Requests.Count());
    }

    [Fact]
    public async Task The_tree_of_the_accounts_holds_no_token()
    {
        MetadataAnswer answer = await GetAsync(new MetadataQuery { Path = "instance/service-accounts/", Recursive = true, AsText = true });

        Assert.Contains("email", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ya29", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_with_the_change()
    {
        _cloud.State.Machine.SetInstanceAttribute("flag", "before");
        MetadataAnswer now = await GetAsync("instance/attributes/flag");
        Task<MetadataAnswer> waiting = GetAsync(
            new MetadataQuery { Path = "instance/attributes/flag", WaitForChange = true, LastETag = now.ETag, WaitTimeout = TimeSpan.FromSeconds(20) });
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        _cloud.State.Machine.SetInstanceAttribute("flag", "after");

        MetadataAnswer changed = await waiting;
        Assert.Equal("after", changed.Value);
        Assert.False(changed.TimedOut);
        Assert.NotEqual(now.ETag, changed.ETag);
    }

    [Fact]
    public async Task Waiting_ends_with_its_time()
    {
        MetadataAnswer now = await GetAsync("instance/name");

        MetadataAnswer same = await GetAsync(
            new MetadataQuery { Path = "instance/name", WaitForChange = true, LastETag = now.ETag, WaitTimeout = TimeSpan.FromMilliseconds(300) });

        Assert.True(same.TimedOut);
        Assert.Contains("timeout_sec=1", LastQuery, StringComparison.Ordinal);
        Assert.Contains("last_etag=" + Uri.EscapeDataString(now.ETag!), LastQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accounts_come_once_each()
    {
        _cloud.State.Machine.AttachAlso("other@demo.example", ["scope"]);

        IReadOnlyList<GceServiceAccount> accounts = await Worker.RunAsync(() => Reader.GetServiceAccounts(Events.Quiet()));

        Assert.Equal(["123456789012-compute@developer.gserviceaccount.com", "other@demo.example"], accounts.Select(a => a.Email));
        Assert.Equal(["default"], accounts[0].Aliases);
        Assert.Equal(["scope"], accounts[1].Scopes);
    }

    [Fact]
    public async Task A_machine_without_an_account_has_none()
    {
        _cloud.State.Machine.Detach();

        Assert.Empty(await Worker.RunAsync(() => Reader.GetServiceAccounts(Events.Quiet())));
        Assert.Null(await Worker.RunAsync(() => Reader.TryGetServiceAccount("default", Events.Quiet())));
    }

    [Theory]
    [InlineData("<html>", "text/html", "ResponseNotJson")]
    [InlineData("{\"default\":{\"email\":", "application/json", "ResponseNotJson")]
    public async Task Accounts_that_cannot_be_read_are_a_failure(string body, string type, string errorId)
    {
        _cloud.Faults.Add(new Fault { Body = body, ContentType = type });

        await Fails.WithAsync(errorId, () => Worker.RunAsync(() => Reader.GetServiceAccounts(Events.Quiet())));
    }

    [Fact]
    public async Task A_value_that_is_cut_is_a_failure()
    {
        _cloud.Faults.Add(new Fault { Body = "{\"a\":", ContentType = "application/json" });

        await Fails.WithAsync("ResponseTruncated", () => GetAsync("instance/name"));
    }

    private MetadataReader Reader => new(new MetadataClient(
        MetadataAddress.From(Snapshots.Of(("GCE_METADATA_HOST", _cloud.MetadataAddress.Authority))), TimeSpan.FromSeconds(10)));

    private string LastQuery => _cloud.Requests.All[^1].Query;

    private Task<MetadataAnswer> GetAsync(string path) => GetAsync(new MetadataQuery { Path = path });

    private Task<MetadataAnswer> GetAsync(MetadataQuery query) => Worker.RunAsync(() => Reader.Get(query, Events.Quiet()));
}
