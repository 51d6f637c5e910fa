using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Sync;

/// <summary>Sync-GcsDirectory from a folder to a bucket.</summary>
public sealed class UploadTests : SyncTest
{
    private static readonly DateTime s_then = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    [Fact]
    public void A_folder_comes_to_be_in_the_bucket_and_a_second_run_does_nothing()
    {
        WriteLocal("index.html", "<h1/>", s_then);
        WriteLocal("img/a b#1.png", "png");
        WriteLocal("empty", string.Empty);

        RunResult first = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001/site", Folder).MustSucceed();

        Assert.Equal(["Uploaded empty Missing", "Uploaded img/a b#1.png Missing", "Uploaded index.html Missing"], Told(first));
        Assert.Equal(["site/empty", "site/img/a b#1.png", "site/index.html"], Stored().Keys);
        Assert.Equal("<h1/>", Stored()["site/index.html"]);
        Assert.Equal(Seconds(s_then), Cloud.State.Objects.Find(Bucket, "site/index.html")!.Metadata["goog-reserved-file-mtime"]);
        Cloud.Requests.Clear();

        RunResult second = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001/site -Verbose", Folder).MustSucceed();

        Assert.Empty(second.Output);
        Assert.Equal(0, Changes);
        Assert.Contains(second.Verbose, v => v.Contains("the same on both sides: 3", StringComparison.Ordinal));
    }

    [Fact]
    public void What_differs_is_uploaded_and_what_only_has_another_time_is_not()
    {
        WriteLocal("size", "longer now", s_then);
        WriteLocal("content", "bbbb", s_then);
        WriteLocal("time", "same", s_then);
        Cloud.State.Objects.Put(Bucket, "size", "short");
        Cloud.State.Objects.Put(Bucket, "content", "aaaa");
        Cloud.State.Objects.Put(Bucket, "time", "same");

        RunResult result = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", Folder).MustSucceed();

        Assert.Equal(["TimeSet time TimeDiffers", "Uploaded content ContentDiffers", "Uploaded size SizeDiffers"], Told(result));
        Assert.Equal("bbbb", Stored()["content"]);
        Assert.Equal(Seconds(s_then), Cloud.State.Objects.Find(Bucket, "time")!.Metadata["goog-reserved-file-mtime"]);
        Assert.Equal(2, Requests(EmulatedService.Storage).Count(r => r.Method == "POST"));
        Assert.Empty(Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", Folder).MustSucceed().Output);
    }

    [Fact]
    public void Checksums_are_compared_on_request()
    {
        WriteLocal("x", "bbbb", s_then);
        Cloud.State.Objects.Put(Bucket, "x", "aaaa", metadata: new Dictionary<string, string> { ["goog-reserved-file-mtime"] = Seconds(s_then) });

        Assert.Empty(Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", Folder).MustSucceed().Output);
        Assert.Equal(["Uploaded x ContentDiffers"], Told(Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Checksum", Folder).MustSucceed()));
    }

    [Fact]
    public void Without_Delete_nothing_goes_and_with_it_just_what_was_listed()
    {
        WriteLocal("keep", "1");
        Cloud.State.Objects.Put(Bucket, "old", "old");
        Cloud.State.Objects.Put(Other, "old", "old");

        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", Folder).MustSucceed();
        Assert.Equal(["keep", "old"], Stored().Keys);

        RunResult result = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Delete", Folder).MustSucceed();

        Assert.Equal(["Deleted old NotInSource"], Told(result));
        Assert.Equal(["keep"], Stored().Keys);
        Assert.Equal(["old"], Stored(Other).Keys);
    }

    [Fact]
    public void Deleting_stays_below_the_prefix()
    {
        WriteLocal("a", "1");
        Cloud.State.Objects.Put(Bucket, "site/old", "x");
        Cloud.State.Objects.Put(Bucket, "site2/other", "x");
        Cloud.State.Objects.Put(Bucket, "site", "x");

        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001/site -Delete", Folder).MustSucceed();

        Assert.Equal(["site", "site/a", "site2/other"], Stored().Keys);
    }

    [Fact]
    public void An_empty_source_deletes_nothing_unless_forced()
    {
        Cloud.State.Objects.Put(Bucket, "a", "x");

        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Delete", Folder).SingleError("SyncSourceEmpty", ErrorCategory.InvalidOperation);
        Assert.Single(Stored());

        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Delete -Force", Folder).MustSucceed();
        Assert.Empty(Stored());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void WhatIf_changes_nothing(string more)
    {
        WriteLocal("new", "1");
        Cloud.State.Objects.Put(Bucket, "old", "x");

        RunResult result = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Delete -WhatIf " + more, Folder).MustSucceed();

        Assert.Empty(result.Output);
        Assert.Equal(["old"], Stored().Keys);
        Assert.Equal(0, Changes);
    }

    [Fact]
    public void One_that_fails_stops_neither_the_others_nor_goes_unsaid_and_nothing_is_deleted()
    {
        WriteLocal("a", "1");
        WriteLocal("b", "2");
        Cloud.State.Objects.Put(Bucket, "old", "x");
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", Status = 403, Body = GoogleErrors.StoragePermissionDenied("x", "storage.objects.create", "object"), Times = 1 });

        RunResult result = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Delete -ThrottleLimit 1", Folder);

        Assert.Equal(["PermissionDenied", "SyncDeletionSkipped"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(PathOf("a"), result.Errors[0].TargetObject);
        Assert.Equal(["Uploaded b Missing"], Told(result));
        Assert.Equal(["b", "old"], Stored().Keys);
    }

    [Fact]
    public void A_list_that_fails_ends_it_before_anything_changes()
    {
        WriteLocal("a", "1");
        Cloud.State.Objects.Put(Bucket, "old", "x");
        Cloud.State.Objects.Deny("storage.objects.list", Bucket);

        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Delete", Folder).SingleError("PermissionDenied", ErrorCategory.PermissionDenied);

        Assert.Equal(["old"], Stored().Keys);
        Assert.Equal(0, Changes);
    }

    [Fact]
    public async Task What_somebody_else_wrote_meanwhile_is_not_replaced()
    {
        WriteLocal("a", "mine, longer");
        Cloud.State.Objects.Put(Bucket, "a", "old");
        Fault held = Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", Delay = TimeSpan.FromSeconds(3), Times = 1 });

        // Between the list and the upload.
        Task other = Task.Run(async () =>
        {
            while (held.Hits == 0)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Cloud.State.Objects.Put(Bucket, "a", "theirs");
        }, TestContext.Current.CancellationToken);
        RunResult result = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", Folder);
        await other;

        Assert.Equal("PreconditionFailed", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("theirs", Stored()["a"]);
    }

    [Fact]
    public void Patterns_choose_and_what_they_leave_out_is_left_alone_on_both_sides()
    {
        WriteLocal("a.txt", "1");
        WriteLocal("b.tmp", "2");
        WriteLocal("sub/c.txt", "3");
        WriteLocal("cache/d.txt", "4");
        Cloud.State.Objects.Put(Bucket, "old.tmp", "x");
        Cloud.State.Objects.Put(Bucket, "old.txt", "x");

        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -Include *.txt -Exclude cache/* -Delete", Folder).MustSucceed();

        Assert.Equal(["a.txt", "old.tmp", "sub/c.txt"], Stored().Keys);
    }

    [Fact]
    public void Links_are_left_out_with_a_warning_and_followed_on_request_but_not_round_and_round()
    {
        WriteLocal("real/a", "1");
        File.CreateSymbolicLink(PathOf("link"), PathOf("real/a"));
        Directory.CreateSymbolicLink(PathOf("real/up"), Folder);
        File.CreateSymbolicLink(PathOf("broken"), PathOf("nothing"));

        RunResult without = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", Folder).MustSucceed();

        Assert.Equal(["real/a"], Stored().Keys);
        Assert.Equal(3, without.Warnings.Count);

        RunResult with = Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001 -FollowSymlink", Folder);

        Assert.Equal("SyncFolderUnreadable", Assert.Single(with.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(["link", "real/a"], Stored().Keys);
        Assert.Single(with.Warnings);
    }

    [Fact]
    public void Wrong_places_are_refused()
    {
        Run("Sync-GcsDirectory $args[0] $args[0]", Folder).SingleError("SyncPlacesLocal", ErrorCategory.InvalidArgument);
        Run("Sync-GcsDirectory gs://demo-project-bucket-0001/a gs://demo-project-bucket-0001/a/b").SingleError("SyncPlacesOverlap", ErrorCategory.InvalidArgument);
        Run("Sync-GcsDirectory $args[0] gs://demo-project-bucket-0001", PathOf("missing")).SingleError("SyncFolderNotFound", ErrorCategory.ObjectNotFound);
        Run("Sync-GcsDirectory $args[0] gs://no-such-bucket-here", Folder).SingleError("BucketNotFound", ErrorCategory.ObjectNotFound);
    }
}
