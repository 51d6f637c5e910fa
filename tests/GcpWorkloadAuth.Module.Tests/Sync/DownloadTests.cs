using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Sync;

/// <summary>Sync-GcsDirectory from a bucket to a folder, and from bucket to bucket.</summary>
public sealed class DownloadTests : SyncTest
{
    private static readonly DateTime s_then = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    [Fact]
    public void Objects_become_files_with_their_times_and_a_second_run_does_nothing()
    {
        Cloud.State.Objects.Put(Bucket, "site/a.txt", "a", metadata: new Dictionary<string, string> { ["goog-reserved-file-mtime"] = Seconds(s_then) });
        Cloud.State.Objects.Put(Bucket, "site/sub/b.txt", "b");
        Cloud.State.Objects.Put(Bucket, "site/sub/", string.Empty);
        Cloud.State.Objects.Put(Bucket, "elsewhere", "x");

        RunResult first = Run("Sync-GcsDirectory gs://demo-project-bucket-0001/site $args[0]", PathOf("new/folder")).MustSucceed();

        Assert.Equal(["Downloaded a.txt Missing", "Downloaded sub/b.txt Missing"], Told(first));
        Assert.Equal(["new/folder/a.txt", "new/folder/sub/b.txt"], Local().Keys);
        Assert.Equal(s_then, File.GetLastWriteTimeUtc(PathOf("new/folder/a.txt")));
        Cloud.Requests.Clear();

        Assert.Empty(Run("Sync-GcsDirectory gs://demo-project-bucket-0001/site $args[0]", PathOf("new/folder")).MustSucceed().Output);
        Assert.Equal(0, Changes);
    }

    [Fact]
    public void What_differs_is_downloaded_and_the_rest_is_deleted_with_its_empty_folders()
    {
        Cloud.State.Objects.Put(Bucket, "a", "new content");
        Cloud.State.Objects.Put(Bucket, "same", "same");
        WriteLocal("a", "old");
        WriteLocal("same", "same", s_then);
        WriteLocal("gone/deep/x", "x");
        WriteLocal("gone2", "x");

        RunResult result = Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0] -Delete", Folder).MustSucceed();

        Assert.Equal(
            ["Deleted gone/deep/x NotInSource", "Deleted gone2 NotInSource", "Downloaded a SizeDiffers", "TimeSet same TimeDiffers"], Told(result));
        Assert.Equal(["a", "same"], Local().Keys);
        Assert.False(Directory.Exists(PathOf("gone")));
        Assert.Empty(Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0] -Delete", Folder).MustSucceed().Output);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/evil")]
    [InlineData("a//b")]
    [InlineData("./a")]
    public void A_name_that_would_lead_elsewhere_is_refused_alone_and_nothing_is_deleted(string name)
    {
        Cloud.State.Objects.Put(Bucket, name, "x");
        Cloud.State.Objects.Put(Bucket, "good", "x");
        WriteLocal("old", "x");

        RunResult result = Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0] -Delete", Folder);

        Assert.Equal(["ObjectNameNoPath", "SyncDeletionSkipped"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["good", "old"], Local().Keys);
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(Folder)!, "evil")));
    }

    [Fact]
    public void A_file_where_another_needs_a_folder_is_found_before_the_first_byte()
    {
        Cloud.State.Objects.Put(Bucket, "first", "x");
        Cloud.State.Objects.Put(Bucket, "a", "x");
        Cloud.State.Objects.Put(Bucket, "a/b", "x");

        ErrorRecord error = Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0]", Folder).SingleError("SyncNamesClash", ErrorCategory.InvalidOperation);

        Assert.Contains("'a' and 'a/b'", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Local());
    }

    [Fact]
    public void A_link_in_the_folder_is_no_way_out_of_it()
    {
        string outside = Directory.CreateTempSubdirectory("gcs-outside-").FullName;
        try
        {
            Directory.CreateSymbolicLink(PathOf("link"), outside);
            Cloud.State.Objects.Put(Bucket, "link/x", "x");

            RunResult result = Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0]", Folder);

            Assert.Equal("TargetDenied", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
            Assert.Empty(Directory.GetFiles(outside));
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Cloud.State.Objects.Put(Bucket, "a", "x");
        WriteLocal("old", "x");

        Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0] -Delete -Force -WhatIf", PathOf("sub")).MustSucceed();
        Run("Sync-GcsDirectory gs://demo-project-bucket-0001 $args[0] -Delete -Force -WhatIf", Folder).MustSucceed();

        Assert.Equal(["old"], Local().Keys);
        Assert.False(Directory.Exists(PathOf("sub")));
    }

    [Fact]
    public void Buckets_are_made_equal_without_a_byte_coming_by()
    {
        Cloud.State.Objects.Put(Bucket, "a", "new");
        Cloud.State.Objects.Put(Bucket, "same", "same");
        Cloud.State.Objects.Put(Other, "m/a", "old");
        Cloud.State.Objects.Put(Other, "m/same", "same");
        Cloud.State.Objects.Put(Other, "m/gone", "x");

        RunResult result = Run("Sync-GcsDirectory gs://demo-project-bucket-0001 gs://demo-project-bucket-0002/m/ -Delete").MustSucceed();

        Assert.Equal(["Copied a ContentDiffers", "Deleted gone NotInSource"], Told(result));
        Assert.Equal("new", Stored(Other)["m/a"]);
        Assert.Equal(["m/a", "m/same"], Stored(Other).Keys);
        Assert.DoesNotContain(Cloud.Requests.All, r => r.Query.Contains("alt=media", StringComparison.Ordinal));
    }
}
