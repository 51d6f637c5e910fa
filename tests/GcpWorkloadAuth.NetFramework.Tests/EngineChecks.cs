using System.Diagnostics;
using System.Runtime.InteropServices;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine;

namespace GcpWorkloadAuth.NetFramework.Tests;

/// <summary>What the cmdlets ask of the engine when all is well.</summary>
internal sealed class EngineChecks(Cloud cloud, Results results)
{
    private readonly IEngine _engine = new GoogleEngine();
    private readonly SessionRecord _vm = new();

    public async Task RunAsync()
    {
        await cloud.ResetAsync();
        await results.CheckAsync("the first token comes from the metadata server", FirstTokenAsync);
        await results.CheckAsync("the second token asks nobody", CachedTokenAsync);
        await results.CheckAsync("one request serves 32 who ask at once", ManyAtOnceAsync);
        await results.CheckAsync("the project comes from the metadata server", ProjectAsync);
        await results.CheckAsync("the VM knows its own name", CurrentInstanceAsync);
        await results.CheckAsync("all buckets", BucketsAsync);
        await results.CheckAsync("one bucket", BucketAsync);
        await results.CheckAsync("all instances over several pages, the first before the second is asked for", InstancesAsync);
        await results.CheckAsync("the instances of a zone", ZoneAsync);
        await results.CheckAsync("one instance with its parts", InstanceAsync);
        await results.CheckAsync("compressed answers", CompressedAsync);
        await results.CheckAsync("metadata as a value, a listing and a tree", MetadataAsync);
        await results.CheckAsync("metadata that is waited for", MetadataWaitAsync);
        await results.CheckAsync("the attached accounts", AccountsAsync);
        await results.CheckAsync("a description of the session", DescribeAsync);
        await results.CheckAsync("a service account key through Google's library", KeyAsync);
        await results.CheckAsync("a key in a file", KeyFileAsync);
        await results.CheckAsync("a user's refresh token through Google's library", UserAsync);
        await results.CheckAsync("a refused token is renewed once", RenewalAsync);
        await results.CheckAsync("an access token given by the user", AccessTokenAsync);
    }

    private static EngineCall Call(Events? events = null) => new(events ?? new Events(), CancellationToken.None);

    private static string Reveal(GceAccessToken token) => Marshal.PtrToStringUni(Marshal.SecureStringToGlobalAllocUnicode(token.Token))!;

    private async Task FirstTokenAsync()
    {
        Events events = new();
        GceAccessToken token = await _engine.GetAccessTokenAsync(_vm, TokenRequest.Default, Call(events));
        Demand.True(Reveal(token).StartsWith("ya29.", StringComparison.Ordinal), "no token");
        Demand.Equal("Bearer", token.TokenType);
        Demand.Equal("123456789012-compute@developer.gserviceaccount.com", token.Account);
        Demand.Equal("https://www.googleapis.com/auth/cloud-platform", string.Join(" ", token.Scopes));
        Demand.True(token.ExpiresAt.Kind == DateTimeKind.Local && token.ExpiresAt > DateTime.Now.AddMinutes(50), "ends at " + token.ExpiresAt);
        Demand.True(events.Lines.Exists(l => l.StartsWith("GET http://", StringComparison.Ordinal) && l.EndsWith("/token 200", StringComparison.Ordinal)), "not told");
    }

    private async Task CachedTokenAsync()
    {
        int before = await cloud.CountAsync("*");
        Stopwatch clock = Stopwatch.StartNew();
        for (int i = 0; i < 1000; i++)
        {
            await _engine.GetAccessTokenAsync(_vm, TokenRequest.Default, Call());
        }

        Demand.Equal(before, await cloud.CountAsync("*"));
        Demand.True(clock.Elapsed < TimeSpan.FromSeconds(10), "took " + clock.Elapsed);
    }

    private async Task ManyAtOnceAsync()
    {
        await cloud.PostAsync("reset");
        SessionRecord fresh = new() { Partition = "many" };
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _engine.GetAccessTokenAsync(fresh, TokenRequest.Default, Call()))));
        Demand.Equal(1, await cloud.CountAsync("*/token"));

        // The reset made the emulator forget the session's own token.
        await _engine.GetAccessTokenAsync(_vm, new TokenRequest { ForceRefresh = true }, Call());
    }

    private async Task ProjectAsync() => Demand.Equal("demo-project", await _engine.GetProjectAsync(_vm, Call()));

    private async Task CurrentInstanceAsync()
    {
        InstanceAddress address = await _engine.GetCurrentInstanceAsync(_vm, Call());
        Demand.Equal("demo-project/europe-west1-b/demo-vm", address.Project + "/" + address.Zone + "/" + address.Name);
    }

    private async Task BucketsAsync()
    {
        List<GcsBucket> all = await AllAsync(_engine.ListBuckets(_vm, new BucketQuery { Project = "demo-project" }));
        Demand.Equal(1003, all.Count);
        Demand.Equal(1003, all.Select(b => b.Name).Distinct().Count());
        Demand.True(all.TrueForAll(b => b.Project == "demo-project" && b.CreationTime is { Kind: DateTimeKind.Local }), "odd bucket");
    }

    private async Task BucketAsync()
    {
        GcsBucket bucket = await _engine.GetBucketAsync(_vm, "demo-project-bucket-0001", Call());
        Demand.Equal("demo-project-bucket-0001", bucket.Name);
        Demand.Equal<ulong?>(123456789012, bucket.ProjectNumber);
        Demand.True(bucket.ETag is not null && bucket.Metageneration > 0 && bucket.Location.Length > 0, "fields are missing");
    }

    private async Task InstancesAsync()
    {
        Events events = new();
        IPager<GceInstance> pager = _engine.ListInstances(_vm, new InstanceQuery { Project = "demo-project" });
        int before = await cloud.CountAsync("*/aggregated/instances");
        ResultPage<GceInstance>? first = await pager.NextAsync(Call(events));
        Demand.Equal(before + 1, await cloud.CountAsync("*/aggregated/instances"));
        List<GceInstance> all = [.. first!.Items, .. await AllAsync(pager)];
        Demand.Equal(1200, all.Count);
        Demand.Equal(1200, all.Select(i => i.Zone + "/" + i.Name).Distinct().Count());
        Demand.True(all.TrueForAll(i => i.Id > 0 && i.Project == "demo-project" && i.MachineType.Length > 0), "odd instance");
        Demand.True(await cloud.CountAsync("*/aggregated/instances") >= before + 3, "too few pages");
    }

    private async Task ZoneAsync()
    {
        List<GceInstance> all = await AllAsync(_engine.ListInstances(_vm, new InstanceQuery { Project = "demo-project", Zone = "europe-west1-b" }));
        Demand.True(all.Count > 0 && all.TrueForAll(i => i.Zone == "europe-west1-b"), all.Count + " instances");
    }

    private async Task InstanceAsync()
    {
        GceInstance instance = await _engine.GetInstanceAsync(_vm, "demo-project", "europe-west1-b", "demo-vm", Call());
        Demand.Equal("demo-vm", instance.Name);
        Demand.Equal("RUNNING", instance.Status);
        Demand.Equal("europe-west1", instance.Region);
        Demand.True(instance.Disks.Count > 0 && instance.Disks[0].SizeGB > 0 && instance.NetworkInterfaces.Count > 0, "parts are missing");
        Demand.True(instance.ServiceAccounts.Count == 1 && instance.ServiceAccounts[0].Scopes.Count > 0, "no account");
        Demand.True(instance.Fingerprint is not null && instance.CreationTime is not null, "fields are missing");
    }

    // The whole suite runs with --compress: this shows that it took effect, and that small answers survive it too.
    private async Task CompressedAsync()
    {
        string agent = Engine.Http.HttpSender.UserAgent;
        Demand.True(agent.Contains("gzip"), agent);
        List<GcsBucket> few = await AllAsync(_engine.ListBuckets(_vm, new BucketQuery { Project = "demo-project", Prefix = "demo-project-bucket-0001" }));
        Demand.Equal(1, few.Count);
    }

    private async Task MetadataAsync()
    {
        MetadataAnswer value = await _engine.GetMetadataAsync(_vm, new MetadataQuery { Path = "instance/name" }, Call());
        Demand.Equal("demo-vm", value.Value as string);
        MetadataAnswer listing = await _engine.GetMetadataAsync(_vm, new MetadataQuery { Path = "instance" }, Call());
        Demand.True(listing.IsDirectory && listing.Text.Contains("attributes/"), listing.Text);
        MetadataAnswer tree = await _engine.GetMetadataAsync(_vm, new MetadataQuery { Recursive = true }, Call());
        Dictionary<string, object?> instance = (Dictionary<string, object?>)((Dictionary<string, object?>)tree.Value!)["instance"]!;
        Demand.True(instance["id"] is long or ulong, "id is " + instance["id"]?.GetType());
    }

    private async Task MetadataWaitAsync()
    {
        await cloud.PostAsync("attributes", """{"instance":{"flag":"before"}}""");
        MetadataAnswer before = await _engine.GetMetadataAsync(_vm, new MetadataQuery { Path = "instance/attributes/flag" }, Call());
        Task<MetadataAnswer> waiting = _engine.GetMetadataAsync(
            _vm, new MetadataQuery { Path = "instance/attributes/flag", WaitForChange = true, LastETag = before.ETag, WaitTimeout = TimeSpan.FromSeconds(20) }, Call());
        await Task.Delay(300);
        Demand.True(!waiting.IsCompleted, "did not wait");
        await cloud.PostAsync("attributes", """{"instance":{"flag":"after"}}""");
        Demand.Equal("after", (await waiting).Value as string);
    }

    private async Task AccountsAsync()
    {
        IReadOnlyList<GceServiceAccount> accounts = await _engine.GetServiceAccountsAsync(_vm, Call());
        Demand.Equal("123456789012-compute@developer.gserviceaccount.com", accounts.Single().Email);
    }

    private async Task DescribeAsync()
    {
        ContextDescription about = await _engine.DescribeAsync(_vm, offline: false, Call());
        Demand.Equal("MetadataServer", about.CredentialType);
        Demand.Equal("demo-project", about.Project?.Value);
        Demand.Equal("europe-west1-b", about.Zone?.Value);
        Demand.Equal(true, about.Endpoints.ContainsKey("storage") && about.Endpoints.ContainsKey("compute"));
    }

    private async Task KeyAsync()
    {
        string key = await cloud.PostAsync("keys");
        SessionRecord session = cloud.Named(CredentialKind.Json) with { CredentialJson = Cloud.Secret(key) };
        Events events = new();
        GceAccessToken token = await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call(events));
        Demand.Equal("robot@demo-project.iam.gserviceaccount.com", token.Account);
        Demand.True(Reveal(token).StartsWith("ya29.", StringComparison.Ordinal), "no token");
        Demand.True(events.Lines.Exists(l => l.StartsWith("POST " + new Uri(cloud.Api, "/token"), StringComparison.Ordinal)), string.Join("; ", events.Lines));
        GcsBucket bucket = await _engine.GetBucketAsync(session, "demo-project-bucket-0001", Call());
        Demand.Equal("demo-project-bucket-0001", bucket.Name);
    }

    private async Task KeyFileAsync()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, await cloud.PostAsync("keys", """{"email":"file@demo-project.iam.gserviceaccount.com"}"""));
            SessionRecord session = cloud.Named(CredentialKind.File) with { CredentialPath = path };
            GceAccessToken token = await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call());
            Demand.Equal("file@demo-project.iam.gserviceaccount.com", token.Account);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task UserAsync()
    {
        SessionRecord session = cloud.Named(CredentialKind.Json) with { CredentialJson = Cloud.Secret(await cloud.PostAsync("users")) };
        GceAccessToken token = await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call());
        Demand.True(Reveal(token).StartsWith("ya29.", StringComparison.Ordinal), "no token");
    }

    private async Task RenewalAsync()
    {
        await cloud.PostAsync("tokens/revoke");
        Demand.Equal("demo-project-bucket-0002", (await _engine.GetBucketAsync(_vm, "demo-project-bucket-0002", Call())).Name);
    }

    private async Task AccessTokenAsync()
    {
        string value = Reveal(await _engine.GetAccessTokenAsync(_vm, TokenRequest.Default, Call()));
        SessionRecord session = cloud.Named(CredentialKind.AccessToken) with { AccessToken = Cloud.Secret(value) };
        Demand.Equal(value, Reveal(await _engine.GetAccessTokenAsync(session, TokenRequest.Default, Call())));
        Demand.Equal("demo-project-bucket-0003", (await _engine.GetBucketAsync(session, "demo-project-bucket-0003", Call())).Name);
    }

    private static async Task<List<T>> AllAsync<T>(IPager<T> pager)
    {
        List<T> all = [];
        while (await pager.NextAsync(Call()) is { } page)
        {
            all.AddRange(page.Items);
        }

        return all;
    }
}
