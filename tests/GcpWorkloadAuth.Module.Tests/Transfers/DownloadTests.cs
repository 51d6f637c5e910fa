using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>Read-GcsObject to files.</summary>
public sealed class DownloadTests : TransferTest
{
    [Fact]
    public void A_small_object_takes_one_request_and_comes_whole()
    {
        Cloud.State.Objects.Put(Bucket, "a.txt", "hello");

        RunResult result = Run("Read-GcsObject $args[0] a.txt $args[1] -PassThru", Bucket, At("out.txt")).MustSucceed();

        Assert.Equal("hello", File.ReadAllText(At("out.txt")));
        Assert.Equal(At("out.txt"), result.Single<FileInfo>().FullName);
        Assert.Equal(1, StorageRequests);
        HoldsOnly("out.txt");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData((256 * 1024) + 1)]
    [InlineData(10_000_019)]
    [InlineData(50_000_017)]
    public void Every_size_comes_byte_for_byte(int size)
    {
        byte[] content = Bytes(size);
        Cloud.State.Objects.Put(Bucket, "x", content);

        Run("Read-GcsObject gs://$($args[0])/x -OutFile $args[1]", Bucket, At("x")).MustSucceed();

        Assert.Equal(Digest(content), Digest(File.ReadAllBytes(At("x"))));
        HoldsOnly("x");
        Assert.Equal(0, Notes);
    }

    [Fact]
    public void A_large_object_comes_in_ranges_of_one_generation()
    {
        byte[] content = Bytes(80_000_000);
        long generation = Cloud.State.Objects.Put(Bucket, "large", content).Generation;

        Run("Read-GcsObject $args[0] large -OutFile $args[1]", Bucket, At("large")).MustSucceed();

        Assert.Equal(Digest(content), Digest(File.ReadAllBytes(At("large"))));
        LoggedRequest[] ranges = [.. Cloud.Requests.All.Where(r => r.Headers.ContainsKey("Range"))];
        Assert.NotEmpty(ranges);
        Assert.All(ranges, r => Assert.Contains("generation=" + generation, r.Query, StringComparison.Ordinal));
        Assert.All(Requests(EmulatedService.Storage), r => Assert.Equal("gzip", r.Headers["Accept-Encoding"]));
    }

    [Fact]
    public void A_generation_that_is_named_is_the_one_that_comes()
    {
        Run("Invoke-GcpRestMethod https://storage.googleapis.com/storage/v1/b/$($args[0]) -Method PATCH -Body @{ versioning = @{ enabled = $true } }", Bucket).MustSucceed();
        long first = Cloud.State.Objects.Put(Bucket, "v", "one").Generation;
        Cloud.State.Objects.Put(Bucket, "v", "two");

        Run("Read-GcsObject 'gs://" + Bucket + "/v#" + first + "' -OutFile $args[0]", At("v")).MustSucceed();

        Assert.Equal("one", File.ReadAllText(At("v")));
        Run("Read-GcsObject $args[0] v -Generation 12345 -OutFile $args[1]", Bucket, At("w")).SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
        HoldsOnly("v");
    }

    [Fact]
    public void A_missing_object_leaves_no_file_and_the_others_go_on()
    {
        Cloud.State.Objects.Put(Bucket, "there", "x");

        RunResult result = Run("Read-GcsObject $args[0] missing, there -OutFolder $args[1]", Bucket, Folder);

        ErrorRecord error = result.SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("missing", error.TargetObject.ToString());
        HoldsOnly("there");
    }

    [Fact]
    public void A_missing_bucket_is_said()
    {
        Run("Read-GcsObject no-such-bucket-here a -OutFile $args[0]", At("a")).SingleError("ObjectNotFound", ErrorCategory.ObjectNotFound);
        HoldsOnly();
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_with_Force_only()
    {
        Cloud.State.Objects.Put(Bucket, "a", "new");
        FileOf("a", "old"u8.ToArray());

        ErrorRecord error = Run("Read-GcsObject $args[0] a -OutFile $args[1]", Bucket, At("a")).SingleError("FileExists", ErrorCategory.ResourceExists);
        Assert.Contains(At("a"), error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(At("a")));
        Assert.Equal(0, Downloads);

        Run("Read-GcsObject $args[0] a -OutFile $args[1] -Force -WhatIf", Bucket, At("a")).MustSucceed();
        Assert.Equal("old", File.ReadAllText(At("a")));

        Run("Read-GcsObject $args[0] a -OutFile $args[1] -Force", Bucket, At("a")).MustSucceed();
        Assert.Equal("new", File.ReadAllText(At("a")));
        HoldsOnly("a");
    }

    [Fact]
    public void Where_no_file_can_be()
    {
        Cloud.State.Objects.Put(Bucket, "a", "x");
        Directory.CreateDirectory(At("folder"));
        string locked = FileOf("locked", "old"u8.ToArray());
        File.SetAttributes(locked, FileAttributes.ReadOnly);

        Run("Read-GcsObject $args[0] a -OutFile $args[1]", Bucket, At("folder")).SingleError("TargetIsFolder", ErrorCategory.WriteError);
        Run("Read-GcsObject $args[0] a -OutFile $args[1]", Bucket, At("no/such/a")).SingleError("TargetFolderMissing", ErrorCategory.WriteError);
        Run("Read-GcsObject $args[0] a -OutFile $args[1] -Force", Bucket, locked).SingleError("TargetReadOnly", ErrorCategory.WriteError);
        Run("Read-GcsObject $args[0] a -OutFile Env:a", Bucket).SingleError("PathNotFileSystem", ErrorCategory.InvalidArgument);

        Assert.Equal("old", File.ReadAllText(locked));
        HoldsOnly("locked");
        File.SetAttributes(locked, FileAttributes.Normal);
    }

    [Fact]
    public void One_file_takes_one_object()
    {
        Cloud.State.Objects.Put(Bucket, "a", "1");
        Cloud.State.Objects.Put(Bucket, "b", "2");

        Run("Read-GcsObject $args[0] a, b -OutFile $args[1] -Force", Bucket, At("out")).SingleError("OutFileTaken", ErrorCategory.InvalidArgument);

        Assert.Equal("1", File.ReadAllText(At("out")));
    }

    [Fact]
    public void Parameters_that_exclude_each_other_are_refused_before_anything_is_asked()
    {
        foreach (string parameters in (string[])["-OutFile a -OutFolder b", "-Line -AsByteStream", "-OutFile a -Line", "-Offset 1 -Decompress", "-Encoding utf8 -AsByteStream"])
        {
            Run("Read-GcsObject $args[0] a " + parameters, Bucket).SingleError("ParametersExclude", ErrorCategory.InvalidArgument);
        }

        Assert.Equal(0, StorageRequests);
    }

    [Fact]
    public void A_range_goes_to_a_file()
    {
        Cloud.State.Objects.Put(Bucket, "a", "0123456789");

        Run("Read-GcsObject $args[0] a -OutFile $args[1] -Offset 2 -Length 3", Bucket, At("a")).MustSucceed();

        Assert.Equal("234", File.ReadAllText(At("a")));
        HoldsOnly("a");
    }

    [Fact]
    public void What_is_stored_packed_stays_so_unless_it_is_unpacked()
    {
        byte[] packed;
        using (MemoryStream bytes = new())
        {
            using (System.IO.Compression.GZipStream gzip = new(bytes, System.IO.Compression.CompressionLevel.Fastest))
            {
                gzip.Write("packed text"u8);
            }

            packed = bytes.ToArray();
            bytes.Close();
        }

        using MemoryStream content = new(packed);
        Cloud.State.Objects.Put(Bucket, "p", content, "text/plain", contentEncoding: "gzip");

        Run("Read-GcsObject $args[0] p -OutFile $args[1]; Read-GcsObject $args[0] p -OutFile $args[2] -Decompress", Bucket, At("p.gz"), At("p.txt")).MustSucceed();

        Assert.Equal(packed, File.ReadAllBytes(At("p.gz")));
        Assert.Equal("packed text", File.ReadAllText(At("p.txt")));
        Assert.Equal("packed text", Run("Read-GcsObject $args[0] p -Decompress", Bucket).Single<string>());
        HoldsOnly("p.gz", "p.txt");
    }

    [Fact]
    public void A_customer_s_key_opens_what_it_closed()
    {
        string key = Convert.ToBase64String(Bytes(32, 5));
        Run("'secret text' | Write-GcsObject $args[0] k -EncryptionKey $args[1]", Bucket, Secret(key)).MustSucceed();

        Assert.Equal("secret text", Run("Read-GcsObject $args[0] k -EncryptionKey $args[1]", Bucket, Secret(key)).Single<string>());
        RunResult without = Run("Read-GcsObject $args[0] k", Bucket);
        Assert.Single(without.Errors);
        Assert.DoesNotContain(key, without.AllText(), StringComparison.Ordinal);
        Run("Read-GcsObject $args[0] k -EncryptionKey $args[1]", Bucket, Secret("short")).SingleError("EncryptionKeyInvalid", ErrorCategory.InvalidArgument);
    }
}
