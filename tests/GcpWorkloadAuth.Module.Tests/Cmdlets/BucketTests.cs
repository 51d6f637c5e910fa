using System.Collections.Immutable;
using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Cmdlets;

/// <summary>Get-GcsBucket: which buckets, and what is known of each.</summary>
public sealed class BucketTests : CloudTest
{
    [Fact]
    public void The_vms_project_is_listed()
    {
        RunResult result = Run("Get-GcsBucket").MustSucceed();

        Assert.Equal(["demo-project-bucket-0001", "demo-project-bucket-0002", "demo-project-bucket-0003"], result.Strings());
        Assert.All(result.Output, b => Assert.Equal("demo-project", b.Properties["Project"].Value));
    }

    [Fact]
    public void A_bucket_has_its_facts()
    {
        Cloud.State.Buckets.Update("demo-project-bucket-0001", b => b with
        {
            Labels = ImmutableSortedDictionary<string, string>.Empty.Add("env", "prod"),
            Versioning = true,
            PublicAccessPrevention = "enforced",
        });

        RunResult result = Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();

        Assert.Equal("GcpWorkloadAuth.GcsBucket", result.Output[0].TypeNames[0]);
        Assert.Equal("demo-project-bucket-0001", result.Property("Name"));
        Assert.Equal(123456789012UL, result.Property("ProjectNumber"));
        Assert.Equal("EUROPE-WEST1", result.Property("Location"));
        Assert.Equal("region", result.Property("LocationType"));
        Assert.Equal("STANDARD", result.Property("StorageClass"));
        Assert.Equal(true, result.Property("UniformBucketLevelAccess"));
        Assert.Equal("enforced", result.Property("PublicAccessPrevention"));
        Assert.Equal(true, result.Property("Versioning"));
        Assert.Equal(TimeSpan.FromDays(7), result.Property("SoftDeleteRetention"));
        Assert.Equal(2L, result.Property("Metageneration"));
        Assert.Equal("prod", ((IReadOnlyDictionary<string, string>)result.Property("Labels")!)["env"]);
        DateTime created = (DateTime)result.Property("CreationTime")!;
        Assert.Equal(DateTimeKind.Local, created.Kind);
        Assert.Equal(new DateTime(2025, 2, 3, 5, 5, 6, 789, DateTimeKind.Utc), created.ToUniversalTime());
        Assert.False(string.IsNullOrEmpty((string?)result.Property("ETag")));
        Assert.EndsWith("/b/demo-project-bucket-0001", (string)result.Property("SelfLink")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_this_version_does_not_know_and_odd_values_break_nothing()
    {
        Cloud.State.Buckets.Update("demo-project-bucket-0001", b => b with
        {
            Extra = new JsonObject { ["somethingNew"] = new JsonObject { ["a"] = new JsonArray(1, 2) }, ["storageClass"] = "BRAND_NEW", ["labels"] = null },
        });

        RunResult result = Run("Get-GcsBucket demo-project-bucket-0001").MustSucceed();

        Assert.Equal("BRAND_NEW", result.Property("StorageClass"));
    }

    [Fact]
    public void An_exact_name_is_one_request_and_needs_no_project()
    {
        Run("Get-GcsBucket demo-project-bucket-0002").MustSucceed();

        LoggedRequest request = Assert.Single(Requests(EmulatedService.Storage));
        Assert.Equal("/storage/v1/b/demo-project-bucket-0002", request.Path);
        Assert.DoesNotContain(Cloud.Requests.All, r => r.Path.EndsWith("/project-id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gs://demo-project-bucket-0002")]
    [InlineData("gs://demo-project-bucket-0002/")]
    [InlineData("GS://demo-project-bucket-0002")]
    public void An_address_is_as_good_as_a_name(string address)
    {
        Assert.Equal(["demo-project-bucket-0002"], Run("Get-GcsBucket $args[0]", address).MustSucceed().Strings());
    }

    [Theory]
    [InlineData("*0002", new[] { "demo-project-bucket-0002" })]
    [InlineData("demo-project-bucket-000[13]", new[] { "demo-project-bucket-0001", "demo-project-bucket-0003" })]
    [InlineData("DEMO-project-bucket-000?", new[] { "demo-project-bucket-0001", "demo-project-bucket-0002", "demo-project-bucket-0003" })]
    [InlineData("gs://demo-project-bucket-*3", new[] { "demo-project-bucket-0003" })]
    [InlineData("nothing*", new string[0])]
    public void Wildcards_list_and_match(string pattern, string[] expected)
    {
        RunResult result = Run("Get-GcsBucket $args[0]", pattern).MustSucceed();

        Assert.Equal(expected, result.Strings());
        Assert.Single(Requests(EmulatedService.Storage));
    }

    [Fact]
    public void What_stands_before_the_wildcard_narrows_the_list_on_the_server()
    {
        Run("Get-GcsBucket demo-project-b*3").MustSucceed();

        Assert.Contains("prefix=demo-project-b&", Requests(EmulatedService.Storage).Single().Query, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prefix_is_the_servers()
    {
        RunResult result = Run("Get-GcsBucket -Prefix demo-project-bucket-0003").MustSucceed();

        Assert.Equal(["demo-project-bucket-0003"], result.Strings());
        Assert.Contains("prefix=demo-project-bucket-0003&", Requests(EmulatedService.Storage).Single().Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Prefix_and_wildcard_both_count()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 3);

        RunResult result = Run("Get-GcsBucket *2 -Prefix other -Project other-project, demo-project").MustSucceed();

        Assert.Equal(["other-project-bucket-0002"], result.Strings());
    }

    [Fact]
    public void Every_bucket_of_a_large_project_comes()
    {
        Cloud.State.AddProject("large-project", 42, buckets: 2345);

        RunResult result = Run("Get-GcsBucket -Project large-project").MustSucceed();

        Assert.Equal(2345, result.Strings().Distinct().Count());
        Assert.Equal(3, Requests(EmulatedService.Storage).Count);
    }

    [Fact]
    public void Several_projects_in_their_order()
    {
        Cloud.State.AddProject("other-project", 42, buckets: 1);

        RunResult result = Run("Get-GcsBucket -ProjectId other-project, demo-project").MustSucceed();

        Assert.Equal(
            ["other-project-bucket-0001", "demo-project-bucket-0001", "demo-project-bucket-0002", "demo-project-bucket-0003"],
            result.Strings());
        Assert.Equal(["other-project", "demo-project"], result.Output.Select(o => o.Properties["Project"].Value).Distinct());
    }

    [Fact]
    public void One_unknown_project_does_not_stop_the_others()
    {
        RunResult result = Run("Get-GcsBucket -Project no-such-project, demo-project");

        ErrorRecord error = result.SingleError("ProjectNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("no-such-project", error.TargetObject);
        Assert.Equal(3, result.Output.Count);
    }

    [Fact]
    public void An_empty_project_gives_nothing_at_all()
    {
        Cloud.State.AddProject("empty-project", 42);

        RunResult result = Run("Get-GcsBucket -Project empty-project").MustSucceed();

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_missing_bucket_is_not_found_and_the_others_come()
    {
        RunResult result = Run("Get-GcsBucket demo-project-bucket-0001, no-such-bucket, demo-project-bucket-0002");

        ErrorRecord error = result.SingleError("BucketNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("no-such-bucket", error.TargetObject);
        Assert.Equal(404, ((dynamic)error.Exception).StatusCode);
        Assert.Equal(["demo-project-bucket-0001", "demo-project-bucket-0002"], result.Strings());
    }

    [Fact]
    public void A_part_that_cannot_be_reached_is_a_warning_and_the_rest_comes()
    {
        Cloud.State.Buckets.SetUnreachable("demo-project-bucket-0002");

        RunResult result = Run("Get-GcsBucket").MustSucceed();

        Assert.Equal(["demo-project-bucket-0001", "demo-project-bucket-0003"], result.Strings());
        Assert.Contains("demo-project-bucket-0002", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_cannot_be_reached_is_one_warning_however_many_pages()
    {
        Cloud.State.AddProject("large-project", 42, buckets: 2345);
        Cloud.State.Buckets.SetUnreachable("large-project-bucket-0007");

        Assert.Single(Run("Get-GcsBucket -Project large-project").MustSucceed().Warnings);
    }

    [Fact]
    public void Only_what_is_used_is_asked_for()
    {
        Run("Get-GcsBucket; Get-GcsBucket demo-project-bucket-0001").MustSucceed();

        Assert.All(Requests(EmulatedService.Storage), r =>
        {
            Assert.Contains("fields=", r.Query, StringComparison.Ordinal);
            Assert.Contains("projection=noAcl", r.Query, StringComparison.Ordinal);
        });
    }
}
