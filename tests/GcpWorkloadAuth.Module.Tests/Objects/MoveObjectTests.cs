using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Objects;

/// <summary>Move-GcsObject, Restore-GcsObject, Join-GcsObject.</summary>
public sealed class MoveObjectTests : ObjectTest
{
    [Fact]
    public void Within_a_bucket_it_is_one_step()
    {
        Put("a", "content");

        dynamic moved = Assert.Single(Run("Get-GcsObject demo-project-bucket-0001 | Move-GcsObject -DestinationName b").MustSucceed().Output);

        Assert.Equal("b", moved.Name);
        Assert.Equal(["b"], Names());
        Assert.Equal(["GET /o", "POST /o/a/moveTo/o/b"], Asked());
        string query = Requests(EmulatedService.Storage)[^1].Query;
        Assert.Contains("ifSourceGenerationMatch=", query, StringComparison.Ordinal);
        Assert.Contains("ifGenerationMatch=0", query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(405)]
    [InlineData(501)]
    public void Where_the_service_does_not_move_it_copies_and_deletes(int status)
    {
        Put("a", "content");
        Cloud.Faults.Add(new Fault { PathPattern = "*/moveTo/*", Status = status, Body = """{"error":{"code":400,"message":"Not here."}}""" });

        Run("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b").MustSucceed();

        Assert.Equal(["b"], Names());
        Assert.Contains("ifGenerationMatch=", Requests(EmulatedService.Storage).Single(r => r.Method == "DELETE").Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/moveTo/*", "demo-project-bucket-0001")]
    [InlineData("*/rewriteTo/*", "demo-project-bucket-0002")]
    [InlineData("*/o/a", "demo-project-bucket-0002")]
    public void Lost_answers_are_settled(string pattern, string bucket)
    {
        Put("a", "content");
        Cloud.Faults.Add(new Fault { PathPattern = pattern, Method = pattern.EndsWith("/a", StringComparison.Ordinal) ? "DELETE" : "POST", LoseAnswer = true, Times = 1 });

        Run($"Move-GcsObject gs://demo-project-bucket-0001/a gs://{bucket}/b").MustSucceed();

        Assert.Equal("content", Cloud.State.Objects.Find(bucket, "b")!.ReadText());
        Assert.Null(Cloud.State.Objects.Find(Bucket, "a"));
    }

    [Fact]
    public void A_copy_that_differs_leaves_the_source()
    {
        Put("a", "content");
        Cloud.Faults.Add(new Fault
        {
            PathPattern = "*/rewriteTo/*",
            Status = 200,
            Body = """{"done":true,"resource":{"name":"b","bucket":"demo-project-bucket-0002","size":"7","crc32c":"AAAAAA==","generation":"1"}}""",
        });

        Run("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/b").SingleError("CopyDiffers", ErrorCategory.InvalidData);

        Assert.Equal("content", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());
    }

    [Fact]
    public void A_source_that_cannot_go_or_changed_meanwhile_stays_and_is_said()
    {
        Put("a", "content");
        Cloud.State.Objects.Deny("storage.objects.delete", Bucket);
        RunResult result = Run("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0002/b");
        result.SingleError("MoveLeftSource", ErrorCategory.PermissionDenied);
        Assert.Equal(["a"], Names());
        Assert.Equal(["b"], Names(Other));
        Cloud.State.Objects.Allow("storage.objects.delete", Bucket);

        RunResult listed = Run("Get-GcsObject demo-project-bucket-0001").MustSucceed();
        Put("a", "newer");
        Run("$args[0] | Move-GcsObject -DestinationName c", listed.Output).SingleError("ObjectChanged", ErrorCategory.InvalidOperation);
        Assert.Equal("newer", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());
    }

    [Fact]
    public void What_is_there_is_replaced_unless_NoClobber()
    {
        Put("a", "new");
        Put("b", "old");

        Run("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b -NoClobber").SingleError("ObjectExists", ErrorCategory.ResourceExists);
        Assert.Equal(["a", "b"], Names());
        Run("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/a").SingleError("DestinationIsSource", ErrorCategory.InvalidArgument);
        Run("Move-GcsObject gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/b").MustSucceed();
        Assert.Equal("new", Assert.Single(Cloud.State.Objects.All(Bucket)).ReadText());
    }

    [Fact]
    public void Soft_deleted_objects_come_back()
    {
        EmulatedObject first = Put("a", "one");
        Put("b", "two");
        Cloud.State.Objects.Delete(Bucket, "a");
        Cloud.State.Objects.Delete(Bucket, "b");
        RunResult gone = Run("Get-GcsObject demo-project-bucket-0001 -SoftDeleted").MustSucceed();
        Assert.Equal(2, gone.Output.Count);

        RunResult back = Run("$args[0] | Restore-GcsObject", Copies(gone)).MustSucceed();
        Assert.Equal(["a", "b"], back.Strings().Order(StringComparer.Ordinal));
        Assert.Equal("one", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());

        // By name and by generation.
        Cloud.State.Objects.Delete(Bucket, "b");
        RunResult several = Run("Restore-GcsObject demo-project-bucket-0001 b");
        several.SingleError("GenerationAmbiguous", ErrorCategory.InvalidArgument);
        Run($"Restore-GcsObject demo-project-bucket-0001 a -Generation {first.Generation} -NoClobber").SingleError("ObjectExists", ErrorCategory.ResourceExists);
        Put("a", "live");
        Run($"Restore-GcsObject 'gs://demo-project-bucket-0001/a#{first.Generation}'").MustSucceed();
        Assert.Equal("one", Cloud.State.Objects.Find(Bucket, "a")!.ReadText());
        Run("Restore-GcsObject demo-project-bucket-0001 nope").SingleError("NoSoftDeletedObject", ErrorCategory.ObjectNotFound);
        Run("Restore-GcsObject demo-project-bucket-0001 a -Generation 5").SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void One_soft_deleted_generation_needs_no_number_and_a_lost_answer_is_settled()
    {
        Put("a", "one");
        Cloud.State.Objects.Delete(Bucket, "a");
        Cloud.Faults.Add(new Fault { PathPattern = "*/restore", LoseAnswer = true, Times = 1 });

        dynamic back = Assert.Single(Run("Restore-GcsObject demo-project-bucket-0001 a").MustSucceed().Output);

        Assert.Equal(Cloud.State.Objects.Find(Bucket, "a")!.Generation, back.Generation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(70)]
    public void Objects_are_joined_in_order_and_nothing_else_is_left(int count)
    {
        SetBucket(b => b with { SoftDeleteDays = 0 });
        string[] names = [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"p{i:D3}"))];
        foreach (string name in names)
        {
            Put(name, name);
        }

        dynamic whole = Assert.Single(Run("Get-GcsObject demo-project-bucket-0001 | Join-GcsObject gs://demo-project-bucket-0001/whole -ContentType text/csv").MustSucceed().Output);

        Assert.Equal("text/csv", whole.ContentType);
        Assert.Equal(string.Concat(names), Cloud.State.Objects.Find(Bucket, "whole")!.ReadText());
        Assert.Equal([.. names, "whole"], Names());

        Run("Join-GcsObject demo-project-bucket-0001 $args[0] -DestinationName whole -DeleteSource", (object)names).MustSucceed();
        Assert.Equal(["whole"], Names());
        Assert.Equal(string.Concat(names), Cloud.State.Objects.Find(Bucket, "whole")!.ReadText());
    }

    [Fact]
    public void Appending_a_lost_answer_and_what_cannot_be_joined()
    {
        Put("log", "a");
        Put("new", "b");
        Cloud.Faults.Add(new Fault { PathPattern = "*/compose", LoseAnswer = true, Times = 1 });

        Run("Join-GcsObject demo-project-bucket-0001 log, new -DestinationName log -DeleteSource").MustSucceed();
        Assert.Equal("ab", Assert.Single(Cloud.State.Objects.All(Bucket)).ReadText());

        Put("x", "x", Other);
        Run("Join-GcsObject demo-project-bucket-0001 log, nope -DestinationName z").SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
        Run("'gs://demo-project-bucket-0001/log', 'gs://demo-project-bucket-0002/x' | Join-GcsObject gs://demo-project-bucket-0001/z").SingleError("SourcesInOtherBucket", ErrorCategory.InvalidArgument);
        Run("Join-GcsObject demo-project-bucket-0001 log -DestinationName log -NoClobber").SingleError("ObjectExists", ErrorCategory.ResourceExists);
        Run("Join-GcsObject demo-project-bucket-0001 log").SingleError("DestinationMissing", ErrorCategory.InvalidArgument);
        Assert.Equal(["log"], Names());
    }

    [Fact]
    public void Temporary_objects_go_where_a_join_fails()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"p{i:D3}"))];
        foreach (string name in names)
        {
            Put(name, name);
        }

        Cloud.Faults.Add(new Fault { PathPattern = "*/whole/compose", Status = 403, Body = """{"error":{"code":403,"message":"No."}}""" });
        Run("Get-GcsObject demo-project-bucket-0001 | Join-GcsObject gs://demo-project-bucket-0001/whole").SingleError("PermissionDenied", ErrorCategory.PermissionDenied);

        Assert.Equal(names, Names());
    }
}
