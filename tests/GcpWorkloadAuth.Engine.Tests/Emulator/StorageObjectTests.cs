using System.Text.Json.Nodes;
using GcpEmulator;

namespace GcpWorkloadAuth.Engine.Tests.Emulator;

public sealed class StorageObjectTests : StorageTest
{
    private const string Objects = $"/storage/v1/b/{Bucket}/o";

    [Fact]
    public async Task Components_and_rewrites_keep_bytes_and_checksums()
    {
        byte[] one = Bytes(3_000_000), two = Bytes(77);
        Cloud.State.Objects.Put(Bucket, "one", one);
        Cloud.State.Objects.Put(Bucket, "two", two);
        EmulatedObject whole = Cloud.State.Objects.Put(Bucket, "whole", [.. one, .. two, .. one]);

        (int status, _, _) = await SendAsync("POST", Objects + "/joined/compose", Json("""{"sourceObjects":[{"name":"one"},{"name":"two"},{"name":"one"}]}"""));
        Assert.Equal(200, status);

        string rewrite = Objects + "/joined/rewriteTo/b/demo-project-bucket-0002/o/a%2Fb";
        JsonNode answer = (await SendAsync("POST", rewrite + "?maxBytesRewrittenPerCall=2097152", Json("{}"))).Json!;
        int calls = 1;
        for (; !answer["done"]!.GetValue<bool>(); calls++)
        {
            answer = (await SendAsync("POST", $"{rewrite}?maxBytesRewrittenPerCall=2097152&rewriteToken={answer["rewriteToken"]}", Json("{}"))).Json!;
        }

        Assert.Equal(3, calls);
        EmulatedObject copy = Cloud.State.Objects.Find("demo-project-bucket-0002", "a/b")!;
        Assert.Equal(whole.Crc32C, copy.Crc32C);
        Assert.Null(copy.Md5);
        Assert.Equal(3, copy.ComponentCount);
        Assert.Equal(whole.ReadAll(), copy.ReadAll());
    }

    [Fact]
    public async Task Generations_conditions_versions_and_soft_delete()
    {
        Cloud.State.Buckets.Update(Bucket, b => b with { Versioning = true });
        long first = Cloud.State.Objects.Put(Bucket, "o", "one").Generation;
        long second = Cloud.State.Objects.Put(Bucket, "o", "two").Generation;

        Assert.Equal("one", await Http.GetStringAsync($"{Objects}/o?alt=media&generation={first}"));
        Assert.Equal("conditionNotMet", Reason(await SendAsync("DELETE", $"{Objects}/o?ifGenerationMatch={first}")));
        Assert.Equal(304, (await SendAsync("GET", $"{Objects}/o?ifGenerationNotMatch={second}")).Status);
        Assert.Equal(204, (await SendAsync("DELETE", $"{Objects}/o?ifGenerationMatch={second}")).Status);
        Assert.Null(Cloud.State.Objects.Find(Bucket, "o"));
        Assert.Equal([first, second], Cloud.State.Objects.All(Bucket, versions: true).Select(o => o.Generation));

        Assert.Equal(204, (await SendAsync("DELETE", $"{Objects}/o?generation={first}")).Status);
        Assert.Equal([first], Cloud.State.Objects.All(Bucket, softDeleted: true).Select(o => o.Generation));
        Assert.Equal(200, (await SendAsync("POST", $"{Objects}/o/restore?generation={first}")).Status);
        Assert.Equal("one", Cloud.State.Objects.Find(Bucket, "o")!.ReadText());
    }

    [Fact]
    public async Task Holds_and_retention_refuse_removal()
    {
        Cloud.State.Objects.Put(Bucket, "held", "x");
        await SendAsync("PATCH", Objects + "/held", Json("""{"temporaryHold":true}"""));
        Assert.Equal("objectUnderActiveHold", Reason(await SendAsync("DELETE", Objects + "/held")));

        Cloud.State.Objects.Put("demo-project-bucket-0002", "kept", "x");
        await SendAsync("PATCH", "/storage/v1/b/demo-project-bucket-0002", Json("""{"retentionPolicy":{"retentionPeriod":"3600"}}"""));
        Assert.Equal("retentionPolicyNotMet", Reason(await SendAsync("DELETE", "/storage/v1/b/demo-project-bucket-0002/o/kept")));
    }

    [Fact]
    public async Task A_million_objects_are_listed_from_anywhere()
    {
        Cloud.State.Objects.AddSynthetic(Bucket, 1_000_000);
        Cloud.State.Objects.Put(Bucket, "data/000000/000000000.bin!", "between");

        JsonNode folders = (await SendAsync("GET", Objects + "?prefix=data/&delimiter=/&maxResults=7")).Json!;
        Assert.Equal(7, folders["prefixes"]!.AsArray().Count);
        JsonNode start = (await SendAsync("GET", Objects + "?maxResults=3")).Json!;
        Assert.Equal(
            ["data/000000/000000000.bin", "data/000000/000000000.bin!", "data/000000/000000001.bin"],
            start["items"]!.AsArray().Select(o => o!["name"]!.ToString()));
        JsonNode next = (await SendAsync("GET", $"{Objects}?maxResults=3&pageToken={start["nextPageToken"]}")).Json!;
        Assert.Equal("data/000000/000000002.bin", next["items"]![0]!["name"]!.ToString());
        JsonNode end = (await SendAsync("GET", Objects + "?startOffset=data/000999/000999998.bin")).Json!;
        Assert.Equal(2, end["items"]!.AsArray().Count);
        Assert.Null(end["nextPageToken"]);
    }

    [Theory]
    [InlineData("*.txt", "a.txt")]
    [InlineData("**.txt", "a.txt,b/c.txt,b/d/e.txt")]
    [InlineData("b/*", "b/c.txt,b/f.md")]
    [InlineData("b/**/*.txt", "b/c.txt,b/d/e.txt")]
    [InlineData("{a,b/c}.txt", "a.txt,b/c.txt")]
    [InlineData("b/[a-d].txt", "b/c.txt")]
    [InlineData("b/[!d]?md", "b/f.md")]
    [InlineData("a\\.txt", "a.txt")]
    public async Task Globs_match(string glob, string expected)
    {
        foreach (string name in new[] { "a.txt", "b/c.txt", "b/d/e.txt", "b/f.md" })
        {
            Cloud.State.Objects.Put(Bucket, name, "x");
        }

        JsonNode page = (await SendAsync("GET", Objects + "?matchGlob=" + Uri.EscapeDataString(glob))).Json!;

        Assert.Equal(expected, string.Join(',', page["items"]?.AsArray().Select(o => o!["name"]!.ToString()) ?? []));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public async Task Names_that_no_object_can_have_are_refused(string? name)
    {
        name ??= new string('\u00e4', 513);
        string path = $"/upload/storage/v1/b/{Bucket}/o?uploadType=media&name=";

        Assert.Equal(400, (await SendAsync("POST", path + Uri.EscapeDataString(name), new ByteArrayContent([]))).Status);
        Assert.Equal(200, (await SendAsync("POST", path + Uri.EscapeDataString(new string('\u00e4', 512)), new ByteArrayContent([]))).Status);
    }

    [Fact]
    public async Task Faults_by_chance_come_again_with_their_seed()
    {
        Cloud.State.Objects.Put(Bucket, "o", "x");
        async Task<string> RunAsync()
        {
            Cloud.Faults.Random = new RandomFaults(7, 0.5) { Kinds = [RandomFaultKind.Unavailable, RandomFaultKind.TooManyRequests] };
            List<int> statuses = [];
            for (int i = 0; i < 30; i++)
            {
                statuses.Add((await SendAsync("GET", Objects + "/o")).Status);
            }

            return string.Join(',', statuses);
        }

        string first = await RunAsync();

        Assert.Contains("503", first, StringComparison.Ordinal);
        Assert.Contains("429", first, StringComparison.Ordinal);
        Assert.Contains("200", first, StringComparison.Ordinal);
        Assert.Equal(first, await RunAsync());
    }
}
