using System.Text;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Storage;

namespace GcpWorkloadAuth.Engine.Tests.Readers;

public sealed class BucketReaderTests
{
    // Every property that the reader knows and some that it does not. Form: the bucket resource's documentation.
    private const string Whole =
        """
        {"kind":"storage#bucket","id":"b","name":"my-bucket","projectNumber":"123456789012","location":"EUR4","locationType":"dual-region",
         "customPlacementConfig":{"dataLocations":["EUROPE-NORTH1","EUROPE-WEST4"],"new":1},"storageClass":"NEARLINE",
         "timeCreated":"2025-01-02T03:04:05.678Z","updated":"2026-02-03T04:05:06.789Z","labels":{"team":"x","empty":""},
         "iamConfiguration":{"bucketPolicyOnly":{"enabled":false},"uniformBucketLevelAccess":{"enabled":true,"lockedTime":"2026-02-03T04:05:06Z"},
           "publicAccessPrevention":"enforced"},
         "versioning":{"enabled":true},"softDeletePolicy":{"retentionDurationSeconds":"604800","effectiveTime":"2026-02-03T04:05:06Z"},
         "retentionPolicy":{"retentionPeriod":"3600","effectiveTime":"2026-02-03T04:05:06Z","isLocked":true},
         "hierarchicalNamespace":{"enabled":true},"autoclass":{"enabled":true,"toggleTime":"2026-02-03T04:05:06Z","terminalStorageClass":"ARCHIVE"},"billing":{"requesterPays":true},
         "encryption":{"defaultKmsKeyName":"projects/p/locations/l/keyRings/r/cryptoKeys/k"},"etag":"CAE=","generation":"1735787045678901",
         "metageneration":"7","selfLink":"https://www.googleapis.com/storage/v1/b/my-bucket",
         "rpo":"ASYNC_TURBO","satisfiesPZS":true,"lifecycle":{"rule":[{"action":{"type":"Delete"},"condition":{"age":30}}]},
         "ipFilter":{"mode":"Disabled"},"logging":{"logBucket":"x","logObjectPrefix":"y"},
         "cors":[{"origin":["*"],"method":["GET"],"responseHeader":["ETag"],"maxAgeSeconds":60,"new":1}],"defaultEventBasedHold":true,
         "website":{"mainPageSuffix":"index.html","notFoundPage":"404.html"}}
        """;

    [Fact]
    public void Every_property_is_read()
    {
        GcsBucket bucket = Models.Read(Whole, BucketReader.Read);

        Assert.Empty(Models.Unset(bucket));
        Assert.Equal("my-bucket", bucket.Name);
        Assert.Equal("123456789012", bucket.Project);
        Assert.Equal(123456789012ul, bucket.ProjectNumber);
        Assert.Equal("EUR4", bucket.Location);
        Assert.Equal("dual-region", bucket.LocationType);
        Assert.Equal(["EUROPE-NORTH1", "EUROPE-WEST4"], bucket.DataLocations);
        Assert.Equal("NEARLINE", bucket.StorageClass);
        Assert.Equal(new DateTime(2025, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), bucket.CreationTime!.Value.ToUniversalTime());
        Assert.Equal(new DateTime(2026, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc), bucket.UpdateTime!.Value.ToUniversalTime());
        Assert.Equal(("x", string.Empty), (bucket.Labels["team"], bucket.Labels["empty"]));
        Assert.True(bucket.UniformBucketLevelAccess);
        Assert.Equal("enforced", bucket.PublicAccessPrevention);
        Assert.True(bucket.Versioning && bucket.HierarchicalNamespace && bucket.Autoclass && bucket.RequesterPays && bucket.RetentionLocked);
        Assert.Equal(TimeSpan.FromDays(7), bucket.SoftDeleteRetention);
        Assert.Equal(TimeSpan.FromHours(1), bucket.RetentionPeriod);
        Assert.EndsWith("/k", bucket.DefaultKmsKeyName, StringComparison.Ordinal);
        Assert.Equal("ARCHIVE", bucket.AutoclassTerminalStorageClass);
        Assert.Equal("ASYNC_TURBO", bucket.Rpo);
        Assert.Equal("Delete: Age 30", Assert.Single(bucket.LifecycleRules).ToString());
        Assert.Equal(60, Assert.Single(bucket.CorsRules).MaxAgeSeconds);
        Assert.Equal(("index.html", "404.html", "x", "y"), (bucket.MainPageSuffix, bucket.NotFoundPage, bucket.LogBucket, bucket.LogObjectPrefix));
        Assert.True(bucket.DefaultEventBasedHold);
        Assert.Equal(("CAE=", 1735787045678901, 7), (bucket.ETag, bucket.Generation!.Value, bucket.Metageneration!.Value));
    }

    [Fact]
    public void Asking_for_the_fields_changes_nothing_that_is_read()
    {
        JsonNode? asked = FieldExpression.Parse(BucketReader.Fields).Filter(JsonNode.Parse(Whole));

        Assert.Equal(Models.Dump(Models.Read(Whole, BucketReader.Read)), Models.Dump(Models.Read(asked, BucketReader.Read)));
    }

    public static TheoryData<string> Leaves => [.. FieldExpression.Parse(BucketReader.Fields).Leaves];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Every_field_that_is_asked_for_is_used(string leaf)
    {
        JsonNode alone = FieldExpression.Parse(leaf).Filter(JsonNode.Parse(Whole))!;
        Assert.NotEqual("{}", alone.ToJsonString());
        alone["name"] ??= "x";

        Assert.NotEqual(Models.Dump(Models.Read("{\"name\":\"x\"}", BucketReader.Read)), Models.Dump(Models.Read(alone, BucketReader.Read)));
    }

    [Fact]
    public void What_is_not_said_is_empty_or_null()
    {
        GcsBucket bucket = Models.Read("{\"name\":\"x\"}", BucketReader.Read);

        Assert.Equal(Models.Dump(new GcsBucket { Name = "x" }), Models.Dump(bucket));
        Assert.Null(bucket.Project);
        Assert.Null(bucket.RetentionPeriod);
        Assert.Empty(bucket.Labels);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":\"\"}")]
    [InlineData("{\"name\":null}")]
    [InlineData("{\"name\":{}}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"my-bucket\"")]
    public void What_has_no_name_is_no_bucket(string json)
    {
        Assert.False(JsonText.TryRead(Encoding.UTF8.GetBytes(json), BucketReader.Read, out GcsBucket _));
        Assert.False(JsonText.TryRead(Encoding.UTF8.GetBytes("{\"items\":[" + json + "]}"), BucketReader.ReadPage, out BucketPage _));
    }

    [Fact]
    public void The_flags_of_the_parts_stay_apart()
    {
        GcsBucket bucket = Models.Read(
            """{"name":"x","versioning":{"enabled":true},"autoclass":{"enabled":false},"encryption":{"enabled":true},"iamConfiguration":{"enabled":true}}""",
            BucketReader.Read);

        Assert.True(bucket.Versioning);
        Assert.False(bucket.Autoclass || bucket.HierarchicalNamespace || bucket.UniformBucketLevelAccess);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("{\"x\":[{}]}")]
    public void A_part_of_another_kind_reads_as_not_said(string odd)
    {
        JsonObject whole = JsonNode.Parse(Whole)!.AsObject();
        foreach (string name in whole.Select(p => p.Key).Where(n => n != "name").ToArray())
        {
            JsonObject changed = whole.DeepClone().AsObject();
            changed[name] = JsonNode.Parse(odd);

            Assert.Equal("my-bucket", Models.Read(changed, BucketReader.Read).Name);
        }
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    public void A_time_span_that_cannot_be_is_not_said(string seconds)
    {
        GcsBucket bucket = Models.Read(
            $$$"""{"softDeletePolicy":{"retentionDurationSeconds":"{{{seconds}}}"},"retentionPolicy":{"retentionPeriod":"{{{seconds}}}"},"name":"b"}""",
            BucketReader.Read);

        Assert.Equal(TimeSpan.Zero, bucket.SoftDeleteRetention);
        Assert.Null(bucket.RetentionPeriod);
        Assert.Equal("b", bucket.Name);
    }

    [Fact]
    public void A_page_has_its_buckets_its_token_and_what_is_missing()
    {
        BucketPage page = Models.Read(
            """{"kind":"storage#buckets","nextPageToken":"next","items":[{"name":"a"},{"name":"b"}],"unreachable":["projects/_/buckets/c"],"new":{}}""",
            BucketReader.ReadPage);

        Assert.Equal(["a", "b"], page.Items.Select(b => b.Name));
        Assert.Equal("next", page.NextPageToken);
        Assert.Equal(["projects/_/buckets/c"], page.Unreachable);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"items\":null,\"unreachable\":null,\"nextPageToken\":null}")]
    [InlineData("{\"items\":{},\"unreachable\":\"x\"}")]
    [InlineData("{\"items\":[]}")]
    [InlineData("[]")]
    public void An_empty_page_is_a_page(string json)
    {
        BucketPage page = Models.Read(json, BucketReader.ReadPage);

        Assert.Empty(page.Items);
        Assert.Empty(page.Unreachable);
        Assert.Null(page.NextPageToken);
    }
}
