using System.Management.Automation;
using System.Text.Json.Nodes;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Buckets;

/// <summary>Remove-GcsBucket. The predecessor swallowed every failure but 409, and failed on noncurrent versions.</summary>
public sealed class RemoveBucketTests : BucketTest
{
    [Theory]
    [InlineData("Remove-GcsBucket demo-project-bucket-0001 -Force")]
    [InlineData("Remove-GcsBucket gs://demo-project-bucket-0001 -Confirm:$false")]
    [InlineData("Get-GcsBucket demo-project-bucket-0001 | Remove-GcsBucket -Force")]
    [InlineData("'demo-project-bucket-0001' | Remove-GcsBucket -Force")]
    [InlineData("[pscustomobject]@{ Bucket = 'demo-project-bucket-0001' } | Remove-GcsBucket -Force")]
    [InlineData("$ConfirmPreference = 'None'; Remove-GcsBucket demo-project-bucket-0001 -IfMetagenerationMatch 1")]
    public void An_empty_bucket_goes(string script)
    {
        Assert.Empty(Run(script).MustSucceed().Output);

        Assert.Null(Find());
        Assert.NotNull(Find(Other));
    }

    [Fact]
    public void Deserialized_buckets_go_too()
    {
        List<PSObject> copies = Copies(Run("Get-GcsBucket").MustSucceed());

        Run("$args[0] | Remove-GcsBucket -Force", copies).MustSucceed();

        Assert.Empty(Cloud.State.Buckets.All);
    }

    [Theory]
    [InlineData("storage.buckets.delete")]
    public void A_refusal_is_an_error(string permission)
    {
        Cloud.State.Objects.Deny(permission, Bucket);

        RunResult result = Run("Remove-GcsBucket demo-project-bucket-0001, demo-project-bucket-0002 -Force");

        Assert.Equal(Bucket, result.SingleError("PermissionDenied", ErrorCategory.PermissionDenied).TargetObject);
        Assert.NotNull(Find());
        Assert.Null(Find(Other));
    }

    [Fact]
    public void A_missing_bucket_is_an_error()
    {
        RunResult result = Run("Remove-GcsBucket no-such-bucket -Force");

        Assert.Equal("no-such-bucket", result.SingleError("BucketNotFound", ErrorCategory.ObjectNotFound).TargetObject);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public void A_broken_server_is_an_error(int status)
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Method = "DELETE", Status = status });

        Run("Remove-GcsBucket demo-project-bucket-0001 -Force").SingleError("ServiceUnavailable", ErrorCategory.ResourceUnavailable);
    }

    [Fact]
    public void Who_may_delete_need_not_be_allowed_to_read()
    {
        Cloud.State.Objects.Deny("storage.buckets.get");

        Run("Remove-GcsBucket demo-project-bucket-0001 -Force").MustSucceed();

        Assert.Null(Find());
    }

    [Fact]
    public void A_bucket_that_is_not_empty_is_an_error_with_the_way_out()
    {
        Put("a");

        ErrorRecord error = Run("Remove-GcsBucket demo-project-bucket-0001 -Force").SingleError("BucketNotEmpty", ErrorCategory.InvalidOperation);

        Assert.Contains("-Recurse", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.NotNull(Cloud.State.Objects.Find(Bucket, "a"));
    }

    [Fact]
    public void A_lost_answer_is_settled()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/b/" + Bucket, Method = "DELETE", LoseAnswer = true, Times = 1 });

        Run("Remove-GcsBucket demo-project-bucket-0001 -Force").MustSucceed();

        Assert.Null(Find());
    }

    [Fact]
    public async Task Recurse_takes_everything()
    {
        SetBucket(b => b with { Versioning = true });
        foreach (int i in Enumerable.Range(0, 120))
        {
            Put("folder/" + i);
        }

        Put("folder/1", "again");
        Put("gone");
        Cloud.State.Objects.Delete(Bucket, "gone");
        await AskAsync("POST", "/storage/v1/b/" + Bucket + "/managedFolders", """{"name":"team/"}""");
        await AskAsync("POST", "/storage/v1/b/" + Bucket + "/managedFolders", """{"name":"team/sub/"}""");
        await AskAsync("POST", "/" + Bucket + "/half%2Fdone?uploads=", null);
        await AskAsync("POST", "/" + Bucket + "/other%20one?uploads=", null);
        Assert.Equal(2, Cloud.State.Objects.OpenMultipartUploads);

        RunResult result = Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force").MustSucceed();

        Assert.Null(Find());
        Assert.Equal(0, Cloud.State.Objects.OpenMultipartUploads);
        string warning = Assert.Single(result.Warnings);
        Assert.Contains("7 d", warning, StringComparison.Ordinal);
        Assert.Contains(Bucket, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_soft_delete_nothing_is_said_to_be_kept()
    {
        SetBucket(b => b with { SoftDeleteDays = 0 });
        Put("a");

        Assert.Empty(Run("Get-GcsBucket demo-project-bucket-0001 | Remove-GcsBucket -Recurse -Force").MustSucceed().Warnings);
        Assert.Null(Find());
    }

    [Fact]
    public void Many_objects_go_in_batches()
    {
        Cloud.State.Objects.AddSynthetic(Bucket, 2500);

        Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force").MustSucceed();

        Assert.Null(Find());
        Assert.Equal(26, Changes().Count);
    }

    [Fact]
    public async Task Folders_of_a_hierarchical_namespace_go_too()
    {
        SetBucket(b => b with { Extra = new JsonObject { ["hierarchicalNamespace"] = new JsonObject { ["enabled"] = true } } });
        await AskAsync("POST", "/storage/v1/b/" + Bucket + "/folders", """{"name":"a/"}""");
        await AskAsync("POST", "/storage/v1/b/" + Bucket + "/folders", """{"name":"a/b/"}""");
        Put("a/b/c");

        Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force").MustSucceed();

        Assert.Null(Find());
        Assert.Equal(["a/b/", "a/"], Changes().Where(r => r.Path.Contains("/folders/", StringComparison.Ordinal)).Select(r => Uri.UnescapeDataString(r.Path.Split("/folders/")[1])).TakeLast(2));
    }

    [Fact]
    public void What_is_under_retention_is_named_and_the_bucket_kept()
    {
        Put("free");
        Put("held-1");
        Put("held-2");
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/o/held-*",
            Method = "DELETE",
            Status = 403,
            Body = """{"error":{"code":403,"message":"Object is under active Temporary hold.","errors":[{"reason":"objectUnderActiveHold"}]}}""",
        });

        RunResult result = Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force");

        Assert.Equal(["BucketKept", "RetentionActive", "RetentionActive"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.Equal(["held-1", "held-2"], result.Errors.Select(e => e.TargetObject).OfType<PSObject>().Select(o => o.BaseObject).Concat(result.Errors.Select(e => e.TargetObject))
            .Where(t => t is not null && t.GetType().Name == "GcsObject").Select(t => t!.ToString()!).Distinct().Order());
        Assert.NotNull(Find());
        Assert.Equal(["held-1", "held-2"], Cloud.State.Objects.All(Bucket).Select(o => o.Name));
    }

    [Fact]
    public void A_retention_policy_keeps_every_object()
    {
        SetBucket(b => b with { Extra = new JsonObject { ["retentionPolicy"] = new JsonObject { ["retentionPeriod"] = "36000" } } });
        Put("a");

        RunResult result = Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force");

        Assert.Equal(["BucketKept", "RetentionActive"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.NotNull(Find());
    }

    [Fact]
    public void Who_may_not_list_uploads_is_warned_and_goes_on()
    {
        Put("a");
        Cloud.Faults.Add(new Fault { PathPattern = "/" + Bucket, Method = "GET", Status = 403, Body = "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access denied.</Message></Error>", ContentType = "application/xml" });

        RunResult result = Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force").MustSucceed();

        Assert.Contains(result.Warnings, w => w.Contains("Access denied", StringComparison.Ordinal));
        Assert.Null(Find());
    }

    [Fact]
    public void Nothing_is_emptied_where_objects_may_not_be_listed()
    {
        Put("a");
        Cloud.State.Objects.Deny("storage.objects.list");

        Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);

        Assert.NotNull(Find());
        Assert.NotNull(Cloud.State.Objects.Find(Bucket, "a"));
    }

    [Fact]
    public void A_metageneration_is_checked_before_anything_is_lost()
    {
        Put("a");

        Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force -IfMetagenerationMatch 9").SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);

        Assert.NotNull(Cloud.State.Objects.Find(Bucket, "a"));
        Assert.Empty(Changes());
    }

    [Fact]
    public void What_comes_in_meanwhile_goes_too()
    {
        Put("a");
        Fault slow = Cloud.Faults.Add(new Fault { PathPattern = "/" + Bucket, Method = "GET", Delay = TimeSpan.FromMilliseconds(500), Times = 1 });
        bool isPut = false;
        using Timer late = new(
            _ =>
            {
                if (slow.Hits == 1 && !isPut)
                {
                    isPut = true;
                    Put("late");
                }
            },
            null,
            0,
            5);

        Run("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force").MustSucceed();

        Assert.True(isPut);
        Assert.Null(Find());
    }

    [Theory]
    [InlineData("Remove-GcsBucket demo-project-bucket-0001 -WhatIf")]
    [InlineData("Remove-GcsBucket demo-project-bucket-0001 -Force -WhatIf")]
    [InlineData("Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force -WhatIf")]
    [InlineData("Get-GcsBucket | Remove-GcsBucket -Recurse -Force -WhatIf")]
    [InlineData("$WhatIfPreference = $true; Remove-GcsBucket demo-project-bucket-0001 -Recurse -Force")]
    public void WhatIf_wins(string script)
    {
        Put("a");

        Run(script).MustSucceed();

        Assert.Empty(Changes());
        Assert.Equal(3, Cloud.State.Buckets.All.Count);
    }

    [Theory]
    [InlineData("Remove-GcsBucket demo-project-bucket-0001")]
    [InlineData("Remove-GcsBucket demo-project-bucket-0001 -Force -Confirm")]
    public void It_asks_unless_told_otherwise(string script)
    {
        // No host here can prompt: that it tries is what is seen.
        Assert.NotEmpty(Run(script).Errors);
        Assert.NotNull(Find());
    }

    [Fact]
    public void An_object_is_no_bucket()
    {
        Put("a");

        RunResult result = Run("Get-GcsObject demo-project-bucket-0001 a | Remove-GcsBucket -Recurse -Force");

        Assert.Contains("GcsObject", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.NotNull(Find());
    }

    private async Task AskAsync(string method, string path, string? json)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(Cloud.ApiAddress, path));
        request.Headers.TryAddWithoutValidation("Authorization", (string)Run("(Get-GceAccessToken -AsHeader).Authorization").MustSucceed().Output[0].BaseObject);
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Cloud.Requests.Clear();
    }
}
