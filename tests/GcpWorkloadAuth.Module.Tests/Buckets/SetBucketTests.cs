using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>Set-GcsBucket.</summary>
public sealed class SetBucketTests : BucketTest
{
    [Theory]
    [InlineData("-Versioning On", """{"versioning":{"enabled":true}}""")]
    [InlineData("-Versioning Off", """{"versioning":{"enabled":false}}""")]
    [InlineData("-StorageClass COLDLINE", """{"storageClass":"COLDLINE"}""")]
    [InlineData("-SoftDeleteRetention 0", """{"softDeletePolicy":{"retentionDurationSeconds":"0"}}""")]
    [InlineData("-SoftDeleteRetention 10d", """{"softDeletePolicy":{"retentionDurationSeconds":"864000"}}""")]
    [InlineData("-SoftDeleteRetention '10d'", """{"softDeletePolicy":{"retentionDurationSeconds":"864000"}}""")]
    [InlineData("-SoftDeleteRetention ([timespan]'10.00:00:00')", """{"softDeletePolicy":{"retentionDurationSeconds":"864000"}}""")]
    [InlineData("-RetentionPeriod 90s", """{"retentionPolicy":{"retentionPeriod":"90"}}""")]
    [InlineData("-RetentionPeriod 1y", """{"retentionPolicy":{"retentionPeriod":"31557600"}}""")]
    [InlineData("-RetentionPeriod 0", """{"retentionPolicy":null}""")]
    [InlineData("-UniformBucketLevelAccess Off", """{"iamConfiguration":{"uniformBucketLevelAccess":{"enabled":false}}}""")]
    [InlineData("-PublicAccessPrevention inherited", """{"iamConfiguration":{"publicAccessPrevention":"inherited"}}""")]
    [InlineData("-Autoclass Off", """{"autoclass":{"enabled":false}}""")]
    [InlineData("-Autoclass On -AutoclassTerminalStorageClass ARCHIVE", """{"autoclass":{"enabled":true,"terminalStorageClass":"ARCHIVE"}}""")]
    [InlineData("-RequesterPays On", """{"billing":{"requesterPays":true}}""")]
    [InlineData("-DefaultEventBasedHold On", """{"defaultEventBasedHold":true}""")]
    [InlineData("-MainPageSuffix index.html", """{"website":{"mainPageSuffix":"index.html"}}""")]
    [InlineData("-MainPageSuffix '' -NotFoundPage ''", """{"website":{"mainPageSuffix":null,"notFoundPage":null}}""")]
    [InlineData("-LogBucket gs://demo-project-bucket-0002 -LogObjectPrefix x", """{"logging":{"logObjectPrefix":"x","logBucket":"demo-project-bucket-0002"}}""")]
    [InlineData("-LogBucket (Get-GcsBucket demo-project-bucket-0002)", """{"logging":{"logBucket":"demo-project-bucket-0002"}}""")]
    [InlineData("-LogBucket ''", """{"logging":null}""")]
    [InlineData("-DefaultKmsKeyName ''", """{"encryption":{"defaultKmsKeyName":null}}""")]
    [InlineData("-LifecycleRule @()", """{"lifecycle":{"rule":[]}}""")]
    [InlineData("-CorsRule @()", """{"cors":[]}""")]
    [InlineData("-AddLabel @{ a = 'b' }", """{"labels":{"a":"b"}}""")]
    [InlineData("-RemoveLabel old", """{"labels":{"old":null}}""")]
    [InlineData("-AddLabel @{ a = 'b' } -RemoveLabel old", """{"labels":{"old":null,"a":"b"}}""")]
    [InlineData("-Label @{ a = 'b' }", """{"labels":{"old":null,"a":"b"}}""")]
    [InlineData("-Label @{}", """{"labels":{"old":null}}""")]
    [InlineData("-Rpo DEFAULT", """{"rpo":"DEFAULT"}""")]
    public void Only_what_is_named_is_sent(string parameters, string body)
    {
        SetBucket(b => b with { Labels = b.Labels.Clear().Add("old", "1") });

        RunResult result = Run("Set-GcsBucket demo-project-bucket-0001 " + parameters).MustSucceed();

        Assert.Equal(Json(body), SentBody().ToJsonString());
        Assert.Contains("ifMetagenerationMatch=2", Changes()[0].Query, StringComparison.Ordinal);
        Assert.Equal("GcpWorkloadAuth.GcsBucket", result.Output[0].TypeNames[0]);
        Assert.Equal(3L, result.Property("Metageneration"));
    }

    [Fact]
    public void Labels_are_kept_added_and_removed()
    {
        Run("$null = Set-GcsBucket demo-project-bucket-0001 -Label @{ a = '1'; b = '2' }").MustSucceed();
        Run("$null = Set-GcsBucket demo-project-bucket-0001 -AddLabel @{ b = '3'; c = '4' } -RemoveLabel a").MustSucceed();

        Assert.Equal([new("b", "3"), new("c", "4")], Find()!.Labels);
    }

    [Fact]
    public void Pipelines_change_every_bucket()
    {
        RunResult result = Run("Get-GcsBucket | Set-GcsBucket -AddLabel @{ team = 'x' } -ThrottleLimit 2").MustSucceed();

        Assert.Equal(3, result.Output.Count);
        Assert.All(Cloud.State.Buckets.All, b => Assert.Equal("x", b.Labels["team"]));
    }

    [Fact]
    public void Deserialized_buckets_are_as_good()
    {
        List<PSObject> copies = Copies(Run("Get-GcsBucket").MustSucceed());

        Run("$null = $args[0] | Set-GcsBucket -Versioning On", copies).MustSucceed();
        Run("$null = [pscustomobject]@{ Name = 'demo-project-bucket-0002' } | Set-GcsBucket -RequesterPays On").MustSucceed();

        Assert.All(Cloud.State.Buckets.All, b => Assert.True(b.Versioning));
    }

    [Fact]
    public void Somebody_elses_change_is_read_again_and_kept()
    {
        int left = 2;
        Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Method = "PATCH", Status = 412, Times = 2, Body = Conflict });

        RunResult result = Run("Set-GcsBucket demo-project-bucket-0001 -AddLabel @{ a = 'b' }").MustSucceed();

        Assert.Equal(left + 1, Changes().Count);
        Assert.Equal("b", ((IReadOnlyDictionary<string, string>)result.Property("Labels")!)["a"]);
    }

    [Fact]
    public void After_five_readings_it_gives_up()
    {
        Fault fault = Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Method = "PATCH", Status = 412, Body = Conflict });

        Run("Set-GcsBucket demo-project-bucket-0001 -Versioning On").SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);

        Assert.Equal(5, fault.Hits);
    }

    [Fact]
    public void A_metageneration_of_the_users_is_not_read_again()
    {
        Run("Set-GcsBucket demo-project-bucket-0001 -Versioning On -IfMetagenerationMatch 7").SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);

        Assert.Single(Changes());
        Assert.Null(Find()!.Versioning);
        Run("$null = Set-GcsBucket demo-project-bucket-0001 -Versioning On -IfMetagenerationMatch 1").MustSucceed();
        Assert.True(Find()!.Versioning);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-IfMetagenerationMatch 1")]
    public void A_lost_answer_is_settled(string condition)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Method = "PATCH", LoseAnswer = true, Times = 1 });

        RunResult result = Run("Set-GcsBucket demo-project-bucket-0001 -Versioning On -AddLabel @{ a = 'b' } " + condition).MustSucceed();

        Assert.Equal(true, result.Property("Versioning"));
        Assert.True(Find()!.Versioning);
    }

    [Theory]
    [InlineData("Set-GcsBucket demo-project-bucket-0001", "NoSettingNamed")]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -IfMetagenerationMatch 1", "NoSettingNamed")]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -Label @{ a = 'b' } -RemoveLabel c", "ParametersExclude")]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -AddLabel @{ Upper = 'b' }", "LabelInvalid")]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -AddLabel @{ a = 'With Space' }", "LabelInvalid")]
    public void What_makes_no_sense_is_refused_before_anything_is_sent(string script, string id)
    {
        Run(script).SingleError(id, ErrorCategory.InvalidArgument);

        Assert.Empty(Requests(EmulatedService.Storage));
    }

    [Theory]
    [InlineData("-RetentionPeriod 30")]
    [InlineData("-RetentionPeriod '30'")]
    [InlineData("-RetentionPeriod ([decimal] 30)")]
    [InlineData("-RetentionPeriod ([int16] 30)")]
    [InlineData("-RetentionPeriod -1d")]
    [InlineData("-RetentionPeriod 1w")]
    [InlineData("-SoftDeleteRetention ([timespan]::FromTicks(30))")]
    [InlineData("-LifecycleRule @{ Action = 'Delete' }")]
    [InlineData("-LifecycleRule @{ Action = 'Delete'; Agee = 3 }")]
    [InlineData("-LifecycleRule @{ Age = 3 }")]
    [InlineData("-LifecycleRule @{ Action = 'Delete'; Age = 'old' }")]
    [InlineData("-LifecycleRule @{ Action = 'SetStorageClass'; Age = 3 }")]
    [InlineData("-LifecycleRule @{ Action = 'Delete'; StorageClass = 'NEARLINE'; Age = 3 }")]
    [InlineData("-LifecycleRule 'Delete'")]
    [InlineData("-CorsRule @{ Origin = '*' }")]
    [InlineData("-CorsRule @{ Origin = '*'; Method = 'GET'; Foo = 1 }")]
    public void A_value_that_cannot_be_is_refused_by_the_parameter(string parameters)
    {
        RunResult result = Run("Set-GcsBucket demo-project-bucket-0001 " + parameters);

        Assert.StartsWith("Parameter", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -Versioning On -WhatIf")]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -Versioning On -Force -WhatIf")]
    [InlineData("Set-GcsBucket demo-project-bucket-0001 -RetentionPeriod 1h -LockRetention -Force -WhatIf")]
    [InlineData("Get-GcsBucket | Set-GcsBucket -Label @{} -Force -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Set-GcsBucket demo-project-bucket-0001 -Versioning On -Force")]
    public void WhatIf_wins(string script)
    {
        Run(script).MustSucceed();

        Assert.Empty(Changes());
    }

    [Theory]
    [InlineData("-Force")]
    [InlineData("-Confirm:$false")]
    public void A_retention_period_is_locked_on_request(string how)
    {
        RunResult result = Run("Set-GcsBucket demo-project-bucket-0001 -RetentionPeriod 1h -LockRetention " + how).MustSucceed();

        Assert.Equal(true, result.Property("RetentionLocked"));
        Run("Set-GcsBucket demo-project-bucket-0001 -RetentionPeriod 0").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
    }

    [Fact]
    public void A_lock_asks_and_without_an_answer_locks_nothing()
    {
        SetBucket(b => b with { Extra = new JsonObject { ["retentionPolicy"] = new JsonObject { ["retentionPeriod"] = "60" } } });

        // No host here can prompt: that it tries is what is seen.
        Assert.NotEmpty(Run("Set-GcsBucket demo-project-bucket-0001 -LockRetention").Errors);
        Assert.NotEmpty(Run("$ConfirmPreference = 'None'; Set-GcsBucket demo-project-bucket-0001 -LockRetention").Errors);

        Assert.Empty(Changes());
    }

    [Fact]
    public void Only_the_period_that_was_seen_is_locked()
    {
        SetBucket(b => b with { Extra = new JsonObject { ["retentionPolicy"] = new JsonObject { ["retentionPeriod"] = "60" } } });
        Fault fault = Cloud.Faults.Add(new Fault { PathPattern = "*/lockRetentionPolicy", Status = 412, Times = 1, Body = Conflict, Delay = TimeSpan.FromMilliseconds(400) });
        using Timer change = new(
            _ =>
            {
                if (fault.Hits == 1 && Find()!.Extra!["retentionPolicy"]!["retentionPeriod"]!.ToString() == "60")
                {
                    SetBucket(b => b with { Extra = new JsonObject { ["retentionPolicy"] = new JsonObject { ["retentionPeriod"] = "6000" } } });
                }
            },
            null,
            0,
            5);

        Run("Set-GcsBucket demo-project-bucket-0001 -LockRetention -Force").SingleError("RetentionChanged", ErrorCategory.InvalidOperation);
        Assert.DoesNotContain("isLocked", Find()!.Extra!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_bucket_is_one_items_failure()
    {
        RunResult result = Run("'demo-project-bucket-0001', 'no-such-bucket', 'demo-project-bucket-0002' | Set-GcsBucket -Versioning On");

        Assert.Equal("no-such-bucket", result.SingleError("BucketNotFound", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void A_refusal_says_which_permission_is_missing()
    {
        Cloud.State.Objects.Deny("storage.buckets.update");

        ErrorRecord error = Run("Set-GcsBucket demo-project-bucket-0001 -Versioning On").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
        Assert.Contains("storage.buckets.update", error.ToString(), StringComparison.Ordinal);
    }

    private const string Conflict =
        """{"error":{"code":412,"message":"At least one of the pre-conditions you specified did not hold.","errors":[{"reason":"conditionNotMet"}]}}""";
}
