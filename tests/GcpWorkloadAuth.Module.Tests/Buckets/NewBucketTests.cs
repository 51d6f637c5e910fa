using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>New-GcsBucket.</summary>
public sealed class NewBucketTests : BucketTest
{
    [Fact]
    public void A_name_is_enough()
    {
        RunResult result = Run("New-GcsBucket my-new-bucket").MustSucceed();

        Assert.Equal("my-new-bucket", result.Property("Name"));
        Assert.Equal("demo-project", result.Property("Project"));
        Assert.Equal("US", result.Property("Location"));
        Assert.Equal(Json("""{"name":"my-new-bucket"}"""), SentBody().ToJsonString());
        Assert.NotNull(Find("my-new-bucket"));
    }

    [Theory]
    [InlineData("europe-west3", "EUROPE-WEST3", "region")]
    [InlineData("EUR4", "EUR4", "dual-region")]
    [InlineData("eu", "EU", "multi-region")]
    [InlineData("mars-north1", "MARS-NORTH1", "region")]
    public void Any_location_can_be_given(string given, string location, string type)
    {
        RunResult result = Run("New-GcsBucket my-new-bucket -Location $args[0]", given).MustSucceed();

        Assert.Equal(location, result.Property("Location"));
        Assert.Equal(type, result.Property("LocationType"));
    }

    [Fact]
    public void A_placement_names_the_regions()
    {
        RunResult result = Run("New-GcsBucket my-new-bucket -Placement europe-north1, europe-west4 -Rpo ASYNC_TURBO").MustSucceed();

        Assert.Equal("EU", result.Property("Location"));
        Assert.Equal("dual-region", result.Property("LocationType"));
        Assert.Equal(["EUROPE-NORTH1", "EUROPE-WEST4"], (IEnumerable<string>)result.Property("DataLocations")!);
    }

    [Theory]
    [InlineData("us-east1, europe-west4")]
    [InlineData("northamerica-northeast1, northamerica-northeast2")]
    public void A_placement_whose_location_is_not_plain_needs_one(string regions)
    {
        RunResult result = Run("New-GcsBucket my-new-bucket -Placement " + regions);

        result.SingleError("PlacementNeedsLocation", ErrorCategory.InvalidArgument);
        Assert.Empty(Changes());
        Run("New-GcsBucket my-new-bucket -Location US -Placement " + regions).MustSucceed();
    }

    [Fact]
    public void Every_setting_is_sent_and_read_back()
    {
        RunResult result = Run(
            """
            New-GcsBucket my-new-bucket -Location europe-west1 -StorageClass nearline -Label @{ env = 'test'; n = 1 } -Versioning On -UniformBucketLevelAccess On `
                -PublicAccessPrevention enforced -SoftDeleteRetention 30d -RetentionPeriod 12h -RequesterPays On -DefaultEventBasedHold On `
                -MainPageSuffix index.html -NotFoundPage 404.html -LogBucket demo-project-bucket-0002 -LogObjectPrefix logs `
                -DefaultKmsKeyName projects/p/locations/l/keyRings/r/cryptoKeys/k -HierarchicalNamespace Off `
                -LifecycleRule @{ Action = 'Delete'; Age = 30 }, @{ Action = 'SetStorageClass'; StorageClass = 'ARCHIVE'; NumNewerVersions = 3 } `
                -CorsRule @{ Origin = 'https://example.com'; Method = 'GET', 'HEAD'; ResponseHeader = 'Content-Type'; MaxAgeSeconds = 60 }
            """).MustSucceed();

        Assert.Equal("NEARLINE", result.Property("StorageClass"));
        Assert.Equal("1", ((IReadOnlyDictionary<string, string>)result.Property("Labels")!)["n"]);
        Assert.Equal(true, result.Property("Versioning"));
        Assert.Equal(true, result.Property("UniformBucketLevelAccess"));
        Assert.Equal("enforced", result.Property("PublicAccessPrevention"));
        Assert.Equal(TimeSpan.FromDays(30), result.Property("SoftDeleteRetention"));
        Assert.Equal(TimeSpan.FromHours(12), result.Property("RetentionPeriod"));
        Assert.Equal(true, result.Property("RequesterPays"));
        Assert.Equal(true, result.Property("DefaultEventBasedHold"));
        Assert.Equal("index.html", result.Property("MainPageSuffix"));
        Assert.Equal("404.html", result.Property("NotFoundPage"));
        Assert.Equal(Other, result.Property("LogBucket"));
        Assert.Equal("logs", result.Property("LogObjectPrefix"));
        Assert.EndsWith("/k", (string)result.Property("DefaultKmsKeyName")!, StringComparison.Ordinal);
        Assert.Equal(false, result.Property("HierarchicalNamespace"));
        Assert.Equal(
            ["Delete: Age 30", "SetStorageClass ARCHIVE: NumNewerVersions 3"],
            ((IEnumerable<object>)result.Property("LifecycleRules")!).Select(r => r.ToString()!));
        Assert.Equal(["GET|HEAD from https://example.com"], ((IEnumerable<object>)result.Property("CorsRules")!).Select(r => r.ToString()!));
    }

    [Fact]
    public void Autoclass_comes_with_its_last_class()
    {
        RunResult result = Run("New-GcsBucket my-new-bucket -AutoclassTerminalStorageClass ARCHIVE").MustSucceed();

        Assert.Equal(true, result.Property("Autoclass"));
        Assert.Equal("ARCHIVE", result.Property("AutoclassTerminalStorageClass"));
    }

    [Fact]
    public void A_hierarchical_namespace_brings_uniform_access()
    {
        RunResult result = Run("New-GcsBucket my-new-bucket -HierarchicalNamespace On").MustSucceed();

        Assert.Equal(true, result.Property("HierarchicalNamespace"));
        Assert.Equal(true, result.Property("UniformBucketLevelAccess"));
    }

    [Fact]
    public void Several_are_made_and_one_failure_does_not_stop_the_others()
    {
        RunResult result = Run("'new-a', 'demo-project-bucket-0001', 'Bad_Name', 'gs://new-b' | New-GcsBucket -ThrottleLimit 2");

        Assert.Equal(["new-a", "new-b"], result.Strings().Order());
        Assert.Equal(["BucketExists", "BucketNameInvalid"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.Equal(["Bad_Name", Bucket], result.Errors.Select(e => e.TargetObject).Cast<string>().Order(StringComparer.Ordinal));
        Assert.All(result.Errors, e => Assert.False(string.IsNullOrEmpty(e.ErrorDetails.RecommendedAction)));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("-lead")]
    [InlineData("trail-")]
    [InlineData("192.168.5.4")]
    [InlineData("goog-mine")]
    [InlineData("my-google-bucket")]
    [InlineData("my-g00gle-bucket")]
    [InlineData("a..b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Names_that_cannot_be_are_refused_before_anything_is_sent(string name)
    {
        RunResult result = Run("New-GcsBucket $args[0]", name);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.EndsWith("BucketNameInvalid", error.FullyQualifiedErrorId.Split(',')[0], StringComparison.Ordinal);
        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("New-GcsBucket my-new-bucket -Location EU -WhatIf")]
    [InlineData("$WhatIfPreference = $true; New-GcsBucket my-new-bucket")]
    public void WhatIf_makes_nothing(string script)
    {
        Assert.Empty(Run(script).MustSucceed().Output);

        Assert.Empty(Changes());
        Assert.Null(Find("my-new-bucket"));
    }

    [Fact]
    public void A_lost_answer_is_settled_by_what_is_there()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b", Method = "POST", LoseAnswer = true, Times = 1 });

        RunResult result = Run("New-GcsBucket my-new-bucket -Location EU -Label @{ a = 'b' } -SoftDeleteRetention 0").MustSucceed();

        Assert.Equal("EU", result.Property("Location"));
        Assert.Equal(2, Changes().Count);
    }

    [Fact]
    public void A_lost_answer_does_not_take_somebody_elses_bucket()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b", Method = "POST", Status = 503, Times = 1 });

        Run("New-GcsBucket demo-project-bucket-0001 -Location ASIA").SingleError("BucketExists", ErrorCategory.ResourceExists);
    }

    [Fact]
    public void The_reason_of_a_refusal_is_shown()
    {
        Cloud.State.Objects.Deny("storage.buckets.create");

        ErrorRecord error = Run("New-GcsBucket my-new-bucket").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);

        Assert.Contains("storage.buckets.create", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("my-new-bucket", error.TargetObject);
    }

    [Fact]
    public void An_organization_policy_is_named()
    {
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "/storage/v1/b",
            Method = "POST",
            Status = 412,
            Body = """{"error":{"code":412,"message":"'us' violates constraint 'constraints/gcp.resourceLocations'","errors":[{"reason":"conditionNotMet"}]}}""",
        });

        Run("New-GcsBucket my-new-bucket").SingleError("OrganizationPolicyDenied", ErrorCategory.PermissionDenied);
    }

    [Fact]
    public void A_project_can_be_named_and_piped()
    {
        Cloud.State.AddProject("other-project", 42);

        Assert.Equal("other-project", Run("New-GcsBucket new-a -Project other-project").MustSucceed().Property("Project"));
        Assert.Equal("other-project", Find("new-a")!.Project);
        Run("New-GcsBucket new-b -Project no-such-project").SingleError("ProjectNotFound", ErrorCategory.ObjectNotFound);
    }
}
