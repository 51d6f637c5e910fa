using System.Management.Automation;
using System.Text;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>Write-GcsObject with files and contents.</summary>
public sealed class UploadTests : TransferTest
{
    [Fact]
    public void A_new_small_file_takes_one_request()
    {
        string file = FileOf("report.csv", "a,b\n"u8.ToArray());
        DateTime time = new(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, time);

        RunResult result = Run("Write-GcsObject $args[0] data/report.csv -File $args[1]", Bucket, file).MustSucceed();

        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "data/report.csv")!;
        Assert.Equal("a,b\n", stored.ReadText());
        Assert.Equal("text/csv", stored.ContentType);
        Assert.Equal(new DateTimeOffset(time).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), stored.Metadata["goog-reserved-file-mtime"]);
        Assert.Equal("data/report.csv", result.Property("Name"));
        Assert.Equal(stored.Generation, result.Property("Generation"));
        Assert.Equal(stored.Crc32C, result.Property("Crc32C"));
        Assert.Equal(1, StorageRequests);
        Assert.Contains("ifGenerationMatch=0", Requests(EmulatedService.Storage)[0].Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData((256 * 1024) + 1)]
    [InlineData(8 * 1024 * 1024)]
    [InlineData((8 * 1024 * 1024) + 1)]
    [InlineData(30_000_001)]
    public void Every_size_arrives_byte_for_byte(int size)
    {
        byte[] content = Bytes(size);
        string file = FileOf("x.bin", content);

        Run("Write-GcsObject gs://$($args[0])/x.bin -File $args[1]", Bucket, file).MustSucceed();

        Assert.Equal(Digest(content), Digest(Stored("x.bin")));
        Assert.Equal(0, Notes);
        Assert.Equal(0, Cloud.State.Objects.OpenSessions);
        Assert.Equal(size <= 8 * 1024 * 1024 ? 1 : 2, StorageRequests);
    }

    [Fact]
    public void Parts_at_a_time_make_one_object()
    {
        byte[] content = Bytes(70_000_003);
        string file = FileOf("x.bin", content);

        Run("Write-GcsObject $args[0] 'a b/x+%.bin' -File $args[1] -Parallel -Metadata @{ owner = 'me' } -CacheControl no-store", Bucket, file).MustSucceed();

        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "a b/x+%.bin")!;
        Assert.Equal(Digest(content), Digest(stored.ReadAll()));
        Assert.Equal("me", stored.Metadata["owner"]);
        Assert.Equal(0, Cloud.State.Objects.OpenMultipartUploads);
    }

    [Fact]
    public void What_cannot_be_made_safe_is_refused()
    {
        string file = FileOf("x", [1]);

        Run("Write-GcsObject $args[0] x -File $args[1] -Parallel -NoClobber", Bucket, file).SingleError("ParametersExclude", ErrorCategory.InvalidArgument);
        Run("Write-GcsObject $args[0] x -File $args[1] -Parallel -IfGenerationMatch 0", Bucket, file).SingleError("ParametersExclude", ErrorCategory.InvalidArgument);

        Assert.Equal(0, StorageRequests);
    }

    [Fact]
    public void An_overwrite_names_the_generation_that_it_saw()
    {
        long old = Cloud.State.Objects.Put(Bucket, "x", "old").Generation;
        string file = FileOf("x", "new"u8.ToArray());

        Run("Write-GcsObject $args[0] x -File $args[1]", Bucket, file).MustSucceed();

        Assert.Equal("new", Encoding.UTF8.GetString(Stored("x")));
        Assert.Contains("ifGenerationMatch=" + old, Cloud.Requests.All.Last(r => r.Path.StartsWith("/upload/", StringComparison.Ordinal)).Query, StringComparison.Ordinal);
    }

    [Fact]
    public void NoClobber_keeps_what_is_there()
    {
        Cloud.State.Objects.Put(Bucket, "x", "old");
        string file = FileOf("x", "new"u8.ToArray());

        Run("Write-GcsObject $args[0] x -File $args[1] -NoClobber", Bucket, file).SingleError("ObjectExists", ErrorCategory.ResourceExists);

        Assert.Equal("old", Encoding.UTF8.GetString(Stored("x")));
    }

    [Fact]
    public void A_condition_of_the_user_s_holds_or_nothing_is_done()
    {
        long old = Cloud.State.Objects.Put(Bucket, "x", "old").Generation;
        string file = FileOf("x", "new"u8.ToArray());

        Run("Write-GcsObject $args[0] x -File $args[1] -IfGenerationMatch 17", Bucket, file).SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);
        Run("Write-GcsObject $args[0] x -File $args[1] -IfMetagenerationMatch 17", Bucket, file).SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);
        Assert.Equal("old", Encoding.UTF8.GetString(Stored("x")));

        Run("Write-GcsObject $args[0] x -File $args[1] -IfGenerationMatch " + old, Bucket, file).MustSucceed();
        Assert.Equal("new", Encoding.UTF8.GetString(Stored("x")));
    }

    [Fact]
    public void What_the_object_says_of_itself()
    {
        string file = FileOf("page.html", "<p>"u8.ToArray());

        Run(
            "Write-GcsObject $args[0] page -File $args[1] -ContentDisposition inline -ContentLanguage de -CacheControl 'max-age=60' -Metadata @{ one = 1 } "
            + "-StorageClass nearline -CustomTime '2024-01-02T03:04:05Z' -KmsKeyName projects/p/locations/l/keyRings/r/cryptoKeys/k",
            Bucket,
            file).MustSucceed();

        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "page")!;
        Assert.Equal("text/html", stored.ContentType);
        Assert.Equal("NEARLINE", stored.StorageClass);
        Assert.Equal("1", stored.Metadata["one"]);
        Assert.Equal("inline", stored.Json["contentDisposition"]!.ToString());
        Assert.Equal("de", stored.Json["contentLanguage"]!.ToString());
        Assert.Equal("max-age=60", stored.Json["cacheControl"]!.ToString());
        Assert.StartsWith("2024-01-02T03:04:05", stored.Json["customTime"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("cryptoKeys/k", stored.Json["kmsKeyName"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_UTF_8_and_says_so()
    {
        Run("Write-GcsObject $args[0] t -Value 'Grüße'", Bucket).MustSucceed();

        EmulatedObject stored = Cloud.State.Objects.Find(Bucket, "t")!;
        Assert.Equal("Grüße", stored.ReadText());
        Assert.Equal("text/plain; charset=utf-8", stored.ContentType);
        Assert.False(stored.Metadata.ContainsKey("goog-reserved-file-mtime"));
    }

    [Fact]
    public void The_pipeline_makes_contents()
    {
        Run("'one' | Write-GcsObject $args[0] one; 'a', 'b' | Write-GcsObject $args[0] lines; [byte[]](1,2,3) | Write-GcsObject $args[0] bytes; '' | Write-GcsObject $args[0] empty", Bucket).MustSucceed();
        Run("'x' | Write-GcsObject $args[0] utf16 -Encoding unicode; , [byte[]](9,8) | Write-GcsObject $args[0] block", Bucket).MustSucceed();

        Assert.Equal("one", Encoding.UTF8.GetString(Stored("one")));
        Assert.Equal("a" + System.Environment.NewLine + "b" + System.Environment.NewLine, Encoding.UTF8.GetString(Stored("lines")));
        Assert.Equal([1, 2, 3], Stored("bytes"));
        Assert.Equal([9, 8], Stored("block"));
        Assert.Empty(Stored("empty"));
        Assert.Equal("x", Encoding.Unicode.GetString(Stored("utf16")));
    }

    [Fact]
    public void A_long_pipeline_is_sent_as_it_comes()
    {
        Run("$block = [byte[]]::new(1048576); 1..40 | ForEach-Object { , $block } | Write-GcsObject $args[0] zeros", Bucket).MustSucceed();

        Assert.Equal(40 * 1048576, Cloud.State.Objects.Find(Bucket, "zeros")!.Size);
        Assert.All(Stored("zeros"), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Files_from_the_pipeline_keep_their_names()
    {
        FileOf("in/a.txt", "a"u8.ToArray());
        FileOf("in/b[1].txt", "b"u8.ToArray());

        Run("[IO.DirectoryInfo]::new($args[1]).GetFiles() | Write-GcsObject $args[0] -Prefix up/", Bucket, At("in")).MustSucceed();
        Run("$args[1] | Write-GcsObject gs://$($args[0])/strings/", Bucket, At("in/b[1].txt")).MustSucceed();

        Assert.Equal(["strings/b[1].txt", "up/a.txt", "up/b[1].txt"], Cloud.State.Objects.All(Bucket).Select(o => o.Name));
    }

    [Fact]
    public void A_folder_needs_Recurse_and_keeps_its_shape()
    {
        FileOf("in/a.txt", "a"u8.ToArray());
        FileOf("in/deep/er/b.log", "b"u8.ToArray());
        FileOf("in/deep/skip.tmp", "c"u8.ToArray());

        Run("Write-GcsObject $args[0] -File $args[1]", Bucket, At("in")).SingleError("FolderNeedsRecurse", ErrorCategory.InvalidArgument);
        Run("Write-GcsObject $args[0] -File $args[1] -Prefix p/ -Recurse -Exclude *.tmp", Bucket, At("in")).MustSucceed();
        Run("Write-GcsObject $args[0] -File $args[1] -Prefix q/ -Recurse -Include deep/*", Bucket, At("in")).MustSucceed();

        Assert.Equal(["p/a.txt", "p/deep/er/b.log", "q/deep/er/b.log", "q/deep/skip.tmp"], Cloud.State.Objects.All(Bucket).Select(o => o.Name));
    }

    [Fact]
    public void What_cannot_be_read_is_said_and_the_others_go_on()
    {
        FileOf("good", "x"u8.ToArray());

        RunResult result = Run("Write-GcsObject $args[0] -File $args[1], $args[2]", Bucket, At("missing"), At("good"));

        Assert.Equal(At("missing"), result.SingleError("FileNotFound", ErrorCategory.ObjectNotFound).TargetObject);
        Assert.NotNull(Cloud.State.Objects.Find(Bucket, "good"));
    }

    [Fact]
    public void A_file_that_another_program_holds_open_is_read_all_the_same()
    {
        string file = FileOf("log", "line"u8.ToArray());
        using FileStream held = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Run("Write-GcsObject $args[0] log -File $args[1]", Bucket, file).MustSucceed();

        Assert.Equal("line", Encoding.UTF8.GetString(Stored("log")));
    }

    [Fact]
    public void Gzip_packs_and_says_so()
    {
        string file = FileOf("big.txt", Encoding.UTF8.GetBytes(new string('a', 100_000)));

        Run("Write-GcsObject $args[0] big.txt -File $args[1] -Gzip", Bucket, file).MustSucceed();

        Assert.Equal("gzip", Cloud.State.Objects.Find(Bucket, "big.txt")!.Json["contentEncoding"]!.ToString());
        Assert.True(Stored("big.txt").Length < 1000);
        Assert.Equal(new string('a', 100_000), Run("Read-GcsObject $args[0] big.txt -Decompress", Bucket).Single<string>());
    }

    [Fact]
    public void A_listed_object_is_replaced_only_as_it_was()
    {
        long old = Cloud.State.Objects.Put(Bucket, "x", "old").Generation;
        string uri = "gs://" + Bucket + "/x#" + old;

        Run("$args[0] | Write-GcsObject -Value new", uri).MustSucceed();
        Assert.Equal("new", Encoding.UTF8.GetString(Stored("x")));
        Run("$args[0] | Write-GcsObject -Value newer", uri).SingleError("PreconditionFailed", ErrorCategory.InvalidOperation);
        Assert.Equal("new", Encoding.UTF8.GetString(Stored("x")));
    }

    [Fact]
    public void What_if_sends_nothing()
    {
        string file = FileOf("x", [1]);

        Run("Write-GcsObject $args[0] x -File $args[1] -WhatIf; 'a' | Write-GcsObject $args[0] y -WhatIf", Bucket, file).MustSucceed();

        Assert.Equal(0, StorageRequests);
    }

    [Fact]
    public void Names_with_every_odd_character()
    {
        string longest = new('\u20ac', 341); // 1,023 bytes of UTF-8
        string[] names = ["report[1].csv", "a b+c&d=e?f#g%20h", "back\\slash", "q\"uote'", "\u00e4\u65e5\u672c\ud83d\ude00", "dir//double", "/lead", "a*b", "x;y,z|~^`{}<>", ".hidden", longest];
        foreach (string name in names)
        {
            Run("Write-GcsObject $args[0] $args[1] -Value $args[1]", Bucket, name).MustSucceed();
            Assert.Equal(name, Encoding.UTF8.GetString(Stored(name)));
            Assert.Equal(name, Run("Read-GcsObject $args[0] $args[1]", Bucket, name).Single<string>());
        }

        Run("Write-GcsObject $args[0] $args[1] -Value x", Bucket, longest + "aa").SingleError("ObjectNameInvalid", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void A_missing_bucket_is_said()
    {
        Run("Write-GcsObject no-such-bucket-here a -Value x", Bucket).SingleError("BucketNotFound", ErrorCategory.ObjectNotFound);
    }
}
