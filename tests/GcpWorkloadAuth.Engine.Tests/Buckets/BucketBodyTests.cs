using System.Text;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Engine.Tests.Readers;

namespace GcpWorkloadAuth.Engine.Tests.Buckets;

public sealed class BucketBodyTests
{
    [Fact]
    public void Nothing_named_is_nothing_sent() => Assert.Empty(BucketBody.Patch(new BucketSettings(), new Dictionary<string, string> { ["a"] = "b" }));

    [Fact]
    public void A_new_bucket_has_no_nulls()
    {
        BucketSettings settings = new() { MainPageSuffix = string.Empty, LogBucket = string.Empty, RetentionPeriod = TimeSpan.Zero, Versioning = true };

        Assert.Equal("""{"name":"x","versioning":{"enabled":true}}""", Text(BucketBody.Of(new NewBucket("p", "x", settings))));
    }

    [Theory]
    [InlineData("""{"action":{"type":"Delete"},"condition":{"age":3}}""")]
    [InlineData("""{"action":{"type":"Delete"},"condition":{"age":-3,"isLive":"maybe","createdBefore":"soon","matchesPrefix":[1],"numNewerVersions":99999999999}}""")]
    [InlineData("""{"action":{"type":"Delete"},"condition":{"somethingNew":[{"a":1}]}}""")]
    [InlineData("""{"action":{"type":"SetStorageClass","storageClass":"X"},"condition":{"matchesStorageClass":["A","B"],"daysSinceCustomTime":0}}""")]
    public void A_rule_is_written_as_it_was_read_whatever_is_in_it(string rule)
    {
        GcsLifecycleRule read = Models.Read("[" + rule + "]", LifecycleReader.ReadRules)[0];

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(rule), JsonNode.Parse(Text(LifecycleReader.Write(read)))), Text(LifecycleReader.Write(read)));
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1","b":2}""", true)]
    [InlineData("""{"a":{"b":null}}""", """{"a":{"c":1}}""", true)]
    [InlineData("""{"a":{"b":null}}""", """{}""", true)]
    [InlineData("""{"a":false}""", """{}""", true)]
    [InlineData("""{"a":"eu"}""", """{"a":"EU"}""", true)]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":1,"c":2}]}""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":null}""", """{"a":2}""", false)]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", false)]
    [InlineData("""{"a":{"b":1}}""", """{"a":"b"}""", false)]
    [InlineData("""{"a":true}""", """{}""", false)]
    public void A_resource_holds_a_patch_or_not(string patch, string resource, bool expected) =>
        Assert.Equal(expected, JsonHolds.Of(Models.Read(patch, Value), Models.Read(resource, Value)));

    [Theory]
    [InlineData("abc", true)]
    [InlineData("a-b_c.d1", true)]
    [InlineData("1.2.3.4.5", true)]
    [InlineData("1.2.3.4", false)]
    [InlineData("_abc", false)]
    [InlineData("abc_", false)]
    [InlineData("abc.", false)]
    [InlineData("goog1", false)]
    [InlineData("my-google", false)]
    public void A_new_name_is_checked(string name, bool expected)
    {
        if (expected)
        {
            Assert.Equal(name, Names.NewBucket(name));
        }
        else
        {
            Assert.Throws<GcpException>(() => Names.NewBucket(name));
        }
    }

    private static object? Value(ref JsonCursor json) => json.Value();

    private static string Text(object value) => Encoding.UTF8.GetString(JsonBody.Write(value));
}
