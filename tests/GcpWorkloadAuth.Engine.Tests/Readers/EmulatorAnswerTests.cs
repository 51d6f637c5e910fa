using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Engine.Tests.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

/// <summary>The emulated services' answers read by the engine: whole ones, and those that hold only the fields asked for.</summary>
public sealed class EmulatorAnswerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private EmulatedCloud _cloud = null!;
    private IEngine _engine = null!;
    private SessionRecord _session = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await EmulatedCloud.StartAsync(new EmulatorOptions { InstanceCount = 520, BucketCount = 7 });
        string token = _cloud.State.Tokens.Issue("me@demo.example", ["https://www.googleapis.com/auth/cloud-platform"]).Value;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _engine = new GoogleEngine();
        _session = new SessionRecord
        {
            Kind = CredentialKind.AccessToken,
            AccessToken = CachedTokenTests.Secret(token),
            Endpoints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["storage"] = _cloud.ApiAddress.AbsoluteUri,
                ["compute"] = _cloud.ApiAddress.AbsoluteUri,
            },
        };
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _cloud.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_reads_the_same_whole_and_by_its_fields()
    {
        JsonNode whole = await WholeAsync("compute/v1/projects/demo-project/zones/europe-west1-b/instances/demo-vm");

        GceInstance asked = await _engine.GetInstanceAsync(_session, "demo-project", "europe-west1-b", "demo-vm", Events.Quiet());

        Assert.Equal(Models.Dump(Models.Read(whole, InstanceReader.Read)), Models.Dump(asked));
        Assert.Equal(FieldExpression.Parse(InstanceReader.Fields).Leaves, LastFields());
    }

    [Fact]
    public async Task A_bucket_reads_the_same_whole_and_by_its_fields()
    {
        JsonNode whole = await WholeAsync("storage/v1/b/demo-project-bucket-0002");

        GcsBucket asked = await _engine.GetBucketAsync(_session, "demo-project-bucket-0002", Events.Quiet());

        Assert.Equal(Models.Dump(Models.Read(whole, BucketReader.Read)), Models.Dump(asked));
        Assert.Equal(FieldExpression.Parse(BucketReader.Fields).Leaves, LastFields());
    }

    [Fact]
    public async Task All_buckets_come_with_the_projects_name()
    {
        List<GcsBucket> buckets = await AllAsync(_engine.ListBuckets(_session, new BucketQuery { Project = "demo-project", Prefix = "demo-project-bucket-000" }));

        Assert.Equal(Enumerable.Range(1, 7).Select(i => "demo-project-bucket-000" + i), buckets.Select(b => b.Name));
        Assert.All(buckets, b => Assert.Equal("demo-project", b.Project));
        Assert.Equal(
            ["nextPageToken", "unreachable", .. FieldExpression.Parse(BucketReader.Fields).Leaves.Select(f => "items/" + f)], LastFields());
    }

    [Fact]
    public async Task All_instances_of_all_zones_come_page_by_page()
    {
        IPager<GceInstance> pager = _engine.ListInstances(_session, new InstanceQuery { Project = "demo-project" });
        Assert.Equal(0, _cloud.Requests.Count());
        ResultPage<GceInstance>? first = await pager.NextAsync(Events.Quiet());
        Assert.Equal(1, _cloud.Requests.Count());

        List<GceInstance> all = [.. first!.Items, .. await AllAsync(pager)];

        Assert.Equal(520, all.Count);
        Assert.Equal(520, all.Select(i => i.SelfLink).Distinct(StringComparer.Ordinal).Count());
        Assert.Null(await pager.NextAsync(Events.Quiet()));
        Assert.Equal(
            ["nextPageToken", "unreachables", "items/*/warning/code", .. FieldExpression.Parse(InstanceReader.Fields).Leaves.Select(f => "items/*/instances/" + f)],
            LastFields());
    }

    [Fact]
    public async Task The_instances_of_one_zone()
    {
        List<GceInstance> all = await AllAsync(_engine.ListInstances(_session, new InstanceQuery { Project = "demo-project", Zone = "europe-west1-b", Filter = "name = demo-vm" }));

        Assert.Equal("demo-vm", Assert.Single(all).Name);
        Assert.Equal(["nextPageToken", "warning/code", .. FieldExpression.Parse(InstanceReader.Fields).Leaves.Select(f => "items/" + f)], LastFields());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_zone_that_cannot_be_reached_is_named_or_an_error(bool complete)
    {
        _cloud.State.Instances.SetUnreachable("us-central1-a", true);
        IPager<GceInstance> pager = _engine.ListInstances(_session, new InstanceQuery { Project = "demo-project", RequireComplete = complete });

        if (complete)
        {
            await Assert.ThrowsAsync<GcpException>(() => AllPagesAsync(pager));
            return;
        }

        Assert.Contains("us-central1-a", (await AllPagesAsync(pager)).SelectMany(p => p.Unreachable));
    }

    [Fact]
    public async Task A_bucket_that_cannot_be_reached_is_named()
    {
        _cloud.State.Buckets.SetUnreachable("demo-project-bucket-0003", true);

        List<ResultPage<GcsBucket>> pages = await AllPagesAsync(_engine.ListBuckets(_session, new BucketQuery { Project = "demo-project" }));

        Assert.Contains(pages.SelectMany(p => p.Unreachable), name => name.Contains("demo-project-bucket-0003", StringComparison.Ordinal));
        Assert.Equal(6, pages.Sum(p => p.Items.Count));
    }

    [Theory]
    [InlineData("No Project")]
    [InlineData("../x")]
    [InlineData("..")]
    public async Task A_name_that_is_none_is_refused_before_anything_is_sent(string project)
    {
        await Fails.WithAsync("ProjectInvalid", () => _engine.ListBuckets(_session, new BucketQuery { Project = project }).NextAsync(Events.Quiet()));
        await Fails.WithAsync("ProjectInvalid", () => _engine.ListInstances(_session, new InstanceQuery { Project = project }).NextAsync(Events.Quiet()));
        await Fails.WithAsync("ZoneInvalid", () => _engine.GetInstanceAsync(_session, "demo-project", "No Zone", "vm", Events.Quiet()));
        await Fails.WithAsync("InstanceNameInvalid", () => _engine.GetInstanceAsync(_session, "demo-project", "europe-west1-b", "No VM", Events.Quiet()));
        await Fails.WithAsync("BucketNameInvalid", () => _engine.GetBucketAsync(_session, "No Bucket", Events.Quiet()));
        Assert.Equal(0, _cloud.Requests.Count());
    }

    [Fact]
    public async Task What_is_not_there_has_its_own_failure()
    {
        const string project = "nobodys-project";
        await Fails.WithAsync("ProjectNotFound", () => _engine.ListBuckets(_session, new BucketQuery { Project = project }).NextAsync(Events.Quiet()));
        await Fails.WithAsync("ProjectNotFound", () => _engine.ListInstances(_session, new InstanceQuery { Project = project }).NextAsync(Events.Quiet()));
        await Fails.WithAsync("BucketNotFound", () => _engine.GetBucketAsync(_session, "no-such-bucket", Events.Quiet()));
        await Fails.WithAsync("InstanceNotFound", () => _engine.GetInstanceAsync(_session, "demo-project", "europe-west1-b", "nobody", Events.Quiet()));
        await Fails.WithAsync("ZoneNotFound", () => _engine.GetInstanceAsync(_session, "demo-project", "europe-west99-z", "demo-vm", Events.Quiet()));
    }

    private async Task<JsonNode> WholeAsync(string path)
    {
        JsonNode whole = JsonNode.Parse(await _http.GetStringAsync(new Uri(_cloud.ApiAddress, path)))!;
        Assert.True(whole.AsObject().Count > 10, "not the whole resource");
        return whole;
    }

    private IEnumerable<string> LastFields()
    {
        string query = _cloud.Requests.All[^1].Query;
        string fields = query.TrimStart('?').Split('&').Single(p => p.StartsWith("fields=", StringComparison.Ordinal))["fields=".Length..];
        return FieldExpression.Parse(Uri.UnescapeDataString(fields)).Leaves;
    }

    private static async Task<List<T>> AllAsync<T>(IPager<T> pager) => [.. (await AllPagesAsync(pager)).SelectMany(p => p.Items)];

    private static async Task<List<ResultPage<T>>> AllPagesAsync<T>(IPager<T> pager)
    {
        List<ResultPage<T>> pages = [];
        while (await pager.NextAsync(Events.Quiet()) is { } page)
        {
            pages.Add(page);
        }

        return pages;
    }
}
