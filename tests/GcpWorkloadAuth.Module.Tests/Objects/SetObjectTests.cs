using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Objects;

/// <summary>Set-GcsObject and Test-GcsObject.</summary>
public sealed class SetObjectTests : ObjectTest
{
    [Fact]
    public void Metadata_is_set_added_to_and_taken_away()
    {
        Put("a");

        dynamic set = Assert.Single(Run(
            "Set-GcsObject demo-project-bucket-0001 a -ContentType text/html -CacheControl no-store -ContentLanguage de -ContentDisposition inline "
            + "-Metadata @{ one = 1; two = 'zwei' } -CustomTime '2030-01-02T03:04:05Z'").MustSucceed().Output);
        Assert.Equal("text/html", set.ContentType);
        Assert.Equal("no-store", set.CacheControl);
        Assert.Equal("de", set.ContentLanguage);
        Assert.Equal("inline", set.ContentDisposition);
        Assert.Equal("1", set.Metadata["one"]);
        Assert.Equal(new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc), set.CustomTime.ToUniversalTime());

        dynamic added = Assert.Single(Run("Set-GcsObject gs://demo-project-bucket-0001/a -AddMetadata @{ three = 'x' } -RemoveMetadata one -CacheControl ''").MustSucceed().Output);
        Assert.Equal(["three", "two"], ((IReadOnlyDictionary<string, string>)added.Metadata).Keys.Order(StringComparer.Ordinal));
        Assert.Null(added.CacheControl);
        Assert.Equal("text/html", added.ContentType);

        dynamic replaced = Assert.Single(Run("Get-GcsObject demo-project-bucket-0001 a | Set-GcsObject -Metadata @{ only = 'this' }").MustSucceed().Output);
        Assert.Equal(["only"], ((IReadOnlyDictionary<string, string>)replaced.Metadata).Keys);
        Assert.Equal(["only"], Cloud.State.Objects.Find(Bucket, "a")!.Metadata.Keys);
        Assert.All(
            Requests(EmulatedService.Storage).Where(r => r.Method == "PATCH"), r => Assert.Contains("ifMetagenerationMatch=", r.Query, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_listed_needs_no_second_look_and_jobs_bring_objects_too()
    {
        Put("a");
        RunResult listed = Run("Get-GcsObject demo-project-bucket-0001").MustSucceed();

        Run("$args[0] | Set-GcsObject -CacheControl no-cache", listed.Output).MustSucceed();
        Assert.Equal(["GET /o", "PATCH /o/a"], Asked());

        // Its metageneration is old by now: read again, done anyway.
        Run("$args[0] | Set-GcsObject -AddMetadata @{ x = 'y' }", Copies(listed)).MustSucceed();
        Assert.Equal("y", Cloud.State.Objects.Find(Bucket, "a")!.Metadata["x"]);
    }

    [Fact]
    public void A_change_meanwhile_is_read_again_five_times()
    {
        Put("a");
        Cloud.Faults.Add(new Fault { Method = "PATCH", Status = 412, Times = 5 });
        Run("Set-GcsObject demo-project-bucket-0001 a -CacheControl no-cache").MustSucceed();
        Assert.Equal(6, Requests(EmulatedService.Storage).Count(r => r.Method == "PATCH"));

        Cloud.Faults.Add(new Fault { Method = "PATCH", Status = 412, Body = """{"error":{"code":412,"message":"No."}}""" });
        Run("Set-GcsObject demo-project-bucket-0001 a -CacheControl public").SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);
        Assert.Equal(12, Requests(EmulatedService.Storage).Count(r => r.Method == "PATCH"));
    }

    [Fact]
    public void A_lost_answer_is_settled_and_an_overwritten_object_is_not_touched()
    {
        Put("a");
        RunResult listed = Run("Get-GcsObject demo-project-bucket-0001").MustSucceed();
        Cloud.Faults.Add(new Fault { Method = "PATCH", LoseAnswer = true, Times = 1 });

        dynamic set = Assert.Single(Run("Set-GcsObject demo-project-bucket-0001 a -CacheControl no-cache").MustSucceed().Output);
        Assert.Equal("no-cache", set.CacheControl);
        Assert.Equal(2L, set.Metageneration);

        Put("a", "new");
        Run("$args[0] | Set-GcsObject -CacheControl public", listed.Output).SingleError("ObjectChanged", ErrorCategory.InvalidOperation);
        Assert.Equal(1, Cloud.State.Objects.Find(Bucket, "a")!.Metageneration);
    }

    [Fact]
    public void The_storage_class_changes_by_a_rewrite_that_keeps_the_rest()
    {
        Put("a", "content");
        Run("Set-GcsObject demo-project-bucket-0001 a -CacheControl no-cache -Metadata @{ k = 'v' }").MustSucceed();
        Cloud.State.Objects.RewriteBytesPerCall = 3;

        dynamic set = Assert.Single(Run("Set-GcsObject demo-project-bucket-0001 a -StorageClass nearline -ContentLanguage fr").MustSucceed().Output);

        Assert.Equal("NEARLINE", set.StorageClass);
        Assert.Equal("no-cache", set.CacheControl);
        Assert.Equal("fr", set.ContentLanguage);
        Assert.Equal("v", set.Metadata["k"]);
        Assert.Equal("text/plain", set.ContentType);
        Assert.Equal("content", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());
        int requests = Requests(EmulatedService.Storage).Count;
        Run("Set-GcsObject demo-project-bucket-0001 a -StorageClass NEARLINE").MustSucceed();
        Assert.Equal(requests + 1, Requests(EmulatedService.Storage).Count);
    }

    [Fact]
    public void Holds_go_on_and_off()
    {
        Put("a");
        Assert.True(((dynamic)Run("Set-GcsObject demo-project-bucket-0001 a -TemporaryHold -EventBasedHold").MustSucceed().Output[0]).TemporaryHold);
        Run("Remove-GcsObject demo-project-bucket-0001 a -Force").SingleError("RetentionActive", ErrorCategory.PermissionDenied);
        dynamic off = Run("Set-GcsObject demo-project-bucket-0001 a -TemporaryHold:$false -EventBasedHold:$false").MustSucceed().Output[0];
        Assert.False(off.TemporaryHold);
        Assert.False(off.EventBasedHold);
        Run("Remove-GcsObject demo-project-bucket-0001 a -Force").MustSucceed();
    }

    [Theory]
    [InlineData("Set-GcsObject demo-project-bucket-0001 a -CacheControl x -WhatIf")]
    [InlineData("Set-GcsObject demo-project-bucket-0001 a -StorageClass NEARLINE -Force -WhatIf")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b -Force -WhatIf")]
    [InlineData("Copy-GcsObject gs://demo-project-bucket-0001 gs://demo-project-bucket-0002 -Recurse -Force -WhatIf")]
    [InlineData("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b -Force -WhatIf")]
    [InlineData("Restore-GcsObject demo-project-bucket-0001 a -Force -WhatIf")]
    [InlineData("Join-GcsObject demo-project-bucket-0001 a, a -DestinationName c -Force -WhatIf")]
    public void WhatIf_wins(string script)
    {
        EmulatedObject before = Put("a");

        Assert.Empty(Run(script).MustSucceed().Output);

        Assert.DoesNotContain(Requests(EmulatedService.Storage), r => r.Method != "GET");
        EmulatedObject after = Assert.Single(Cloud.State.Objects.All(Bucket));
        Assert.Equal((before.Generation, before.Metageneration), (after.Generation, after.Metageneration));
    }

    [Theory]
    [InlineData("Set-GcsObject demo-project-bucket-0001 a", "NothingToChange", ErrorCategory.InvalidArgument)]
    [InlineData("Set-GcsObject demo-project-bucket-0001 a -Metadata @{} -AddMetadata @{ a = 1 }", "ParametersExclude", ErrorCategory.InvalidArgument)]
    [InlineData("Set-GcsObject demo-project-bucket-0001 nope -CacheControl x", "ObjectNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Set-GcsObject demo-project-bucket-0001 -CacheControl x", "ObjectNameMissing", ErrorCategory.InvalidArgument)]
    [InlineData("Set-GcsObject demo-project-bucket-0001 a -Generation 7 -CacheControl x", "ObjectNotFound", ErrorCategory.ObjectNotFound)]
    public void What_is_wrong_is_said(string script, string id, ErrorCategory category)
    {
        Put("a");
        Run(script).SingleError(id, category);
    }

    [Fact]
    public void Others_go_on_where_one_fails()
    {
        Put("a");
        Put("b");

        RunResult result = Run("Set-GcsObject demo-project-bucket-0001 a, nope, b -CacheControl x");

        result.SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(["a", "b"], result.Strings().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Test_says_true_and_false_in_order_and_nothing_where_it_cannot_know()
    {
        Put("a");
        Put("b");

        Assert.Equal(["True", "False", "True"], Run("Test-GcsObject demo-project-bucket-0001 a, nope, b").MustSucceed().Strings());
        Assert.Equal(["False"], Run("Test-GcsObject demo-project-bucket-9999 a").MustSucceed().Strings());
        Assert.Equal(["True"], Run("Get-GcsObject demo-project-bucket-0001 a | Test-GcsObject").MustSucceed().Strings());
        Assert.Equal(["False"], Run("Test-GcsObject 'gs://demo-project-bucket-0001/a#5'").MustSucceed().Strings());
        Cloud.State.Objects.Deny("storage.objects.get");
        RunResult denied = Run("Test-GcsObject demo-project-bucket-0001 a");
        denied.SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
        Assert.Empty(denied.Output);
        Cloud.State.Objects.Allow("storage.objects.get");
        Cloud.Faults.Add(new Fault { PathPattern = "*/o/a", Status = 404, Body = "<html>proxy</html>", ContentType = "text/html" });
        Assert.Empty(Run("Test-GcsObject demo-project-bucket-0001 a").Output);
    }
}
