using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>Lifecycle rules as objects: made, read back, given on.</summary>
public sealed class LifecycleTests : BucketTest
{
    [Theory]
    [InlineData("New-GcsLifecycleRule -Delete -Age 30", """{"action":{"type":"Delete"},"condition":{"age":30}}""")]
    [InlineData("New-GcsLifecycleRule -Delete -Age 0", """{"action":{"type":"Delete"},"condition":{"age":0}}""")]
    [InlineData("New-GcsLifecycleRule -SetStorageClass ARCHIVE -CreatedBefore 2025-01-31", """{"action":{"type":"SetStorageClass","storageClass":"ARCHIVE"},"condition":{"createdBefore":"2025-01-31"}}""")]
    [InlineData("New-GcsLifecycleRule -AbortIncompleteMultipartUpload -Age 7", """{"action":{"type":"AbortIncompleteMultipartUpload"},"condition":{"age":7}}""")]
    [InlineData("New-GcsLifecycleRule -Delete -Live:$false -NewerVersionCount 3", """{"action":{"type":"Delete"},"condition":{"isLive":false,"numNewerVersions":3}}""")]
    [InlineData("New-GcsLifecycleRule -Delete -Prefix logs/, tmp/ -Suffix .log -FromStorage STANDARD -Live", """{"action":{"type":"Delete"},"condition":{"isLive":true,"matchesPrefix":["logs/","tmp/"],"matchesSuffix":[".log"],"matchesStorageClass":["STANDARD"]}}""")]
    [InlineData("New-GcsLifecycleRule -Delete -DaysSinceNoncurrentTime 5 -NoncurrentTimeBefore 2025-02-03", """{"action":{"type":"Delete"},"condition":{"noncurrentTimeBefore":"2025-02-03","daysSinceNoncurrentTime":5}}""")]
    [InlineData("New-GcsLifecycleRule -Delete -DaysSinceCustomTime 5 -CustomTimeBefore 2025-02-03", """{"action":{"type":"Delete"},"condition":{"customTimeBefore":"2025-02-03","daysSinceCustomTime":5}}""")]
    [InlineData("@{ Action = 'Delete'; age = '30'; MatchesPrefix = 'x' }", """{"action":{"type":"Delete"},"condition":{"age":30,"matchesPrefix":["x"]}}""")]
    [InlineData("@{ action = @{ type = 'Delete' }; condition = @{ age = 30; isLive = $true } }", """{"action":{"type":"Delete"},"condition":{"age":30,"isLive":true}}""")]
    [InlineData("@{ rule = @(@{ action = @{ type = 'Delete' }; condition = @{ createdBefore = '2025-01-31' } }) }", """{"action":{"type":"Delete"},"condition":{"createdBefore":"2025-01-31"}}""")]
    [InlineData("[pscustomobject]@{ lifecycle = [pscustomobject]@{ rule = @([pscustomobject]@{ action = [pscustomobject]@{ type = 'Delete' }; condition = [pscustomobject]@{ age = 1 } }) } }", """{"action":{"type":"Delete"},"condition":{"age":1}}""")]
    public void A_rule_is_sent_as_the_API_has_it(string rule, string sent)
    {
        Run("$null = Set-GcsBucket demo-project-bucket-0001 -LifecycleRule (" + rule + ")").MustSucceed();

        Assert.Equal(Json(sent), SentBody()["lifecycle"]!["rule"]!.AsArray().Single()!.ToJsonString());
    }

    [Theory]
    [InlineData("New-GcsLifecycleRule -Delete")]
    [InlineData("New-GcsLifecycleRule -SetStorageClass NEARLINE")]
    public void A_rule_without_condition_is_refused(string script) => Run(script).SingleError("LifecycleRuleInvalid", ErrorCategory.InvalidArgument);

    [Theory]
    [InlineData("New-GcsLifecycleRule -Age 3")]
    [InlineData("New-GcsLifecycleRule -Delete -Age -1")]
    [InlineData("New-GcsLifecycleRule -Delete -SetStorageClass X -Age 1")]
    public void A_rule_that_is_none_does_not_bind(string script) => Assert.NotEmpty(Run(script).Errors);

    private const string Known =
        """{"action":{"type":"Delete"},"condition":{"brandNew":{"deep":[1,"two"]},"age":3,"createdBefore":"2024-02-29","isLive":false,"matchesPrefix":["a","b"],"numNewerVersions":2}}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rules_of_one_bucket_can_be_given_to_another_whole(bool isDeserialized)
    {
        SetBucket(b => b with { Extra = new JsonObject { ["lifecycle"] = new JsonObject { ["rule"] = new JsonArray(JsonNode.Parse(Known)) } } });
        RunResult bucket = Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();
        PSObject source = isDeserialized ? Copies(bucket)[0] : bucket.Output[0];

        Run("$null = Set-GcsBucket demo-project-bucket-0002 -LifecycleRule $args[0].LifecycleRules", source).MustSucceed();

        Assert.Equal(Json(Known), Find(Other)!.Extra!["lifecycle"]!["rule"]![0]!.ToJsonString());
    }

    [Fact]
    public void A_rule_has_its_facts()
    {
        SetBucket(b => b with { Extra = new JsonObject { ["lifecycle"] = new JsonObject { ["rule"] = new JsonArray(JsonNode.Parse(Known)) } } });

        RunResult rule = Run("(Get-GcsBucket demo-project-bucket-0001).LifecycleRules").MustSucceed();

        Assert.Equal("Delete", rule.Property("Action"));
        Assert.Equal(3, rule.Property("Age"));
        Assert.Equal(new DateTime(2024, 2, 29), rule.Property("CreatedBefore"));
        Assert.Equal(false, rule.Property("IsLive"));
        Assert.Equal(["a", "b"], (IEnumerable<string>)rule.Property("MatchesPrefix")!);
        Assert.Equal(2, rule.Property("NumNewerVersions"));
        Assert.Equal(["brandNew"], ((IReadOnlyDictionary<string, object?>)rule.Property("OtherConditions")!).Keys);
        Assert.Equal("Delete: Age 3, CreatedBefore 2024-02-29, IsLive False, MatchesPrefix a|b, NumNewerVersions 2, brandNew ...", rule.Strings()[0]);
    }

    [Fact]
    public void Rules_are_added_to_those_there_are()
    {
        SetBucket(b => b with { Extra = new JsonObject { ["lifecycle"] = new JsonObject { ["rule"] = new JsonArray(JsonNode.Parse(Known)) } } });

        Run("$b = Get-GcsBucket demo-project-bucket-0001; $null = $b | Set-GcsBucket -LifecycleRule (@($b.LifecycleRules) + (New-GcsLifecycleRule -Delete -Age 9))").MustSucceed();

        Assert.Equal(2, Find()!.Extra!["lifecycle"]!["rule"]!.AsArray().Count);
    }

    [Fact]
    public void Cors_rules_travel_too()
    {
        Run("$null = Set-GcsBucket demo-project-bucket-0001 -CorsRule @{ origin = 'https://a.example'; method = 'GET', 'PUT'; maxAgeSeconds = 60 }").MustSucceed();
        RunResult bucket = Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();

        Run("$null = Set-GcsBucket demo-project-bucket-0002 -CorsRule $args[0].CorsRules", Copies(bucket)[0]).MustSucceed();

        Assert.Equal(Json("""[{"origin":["https://a.example"],"method":["GET","PUT"],"maxAgeSeconds":60}]"""), Find(Other)!.Extra!["cors"]!.ToJsonString());
    }
}
