using System.Management.Automation;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>Get-GcsObjectHash.</summary>
public sealed class HashTests : TransferTest
{
    [Fact]
    public void Files_and_bytes_have_the_hashes_that_the_server_shows()
    {
        byte[] content = Bytes(1_000_003);
        string file = FileOf("x", content);
        var stored = Cloud.State.Objects.Put(Bucket, "x", content);

        RunResult result = Run("Get-GcsObjectHash $args[0]", file).MustSucceed();

        Assert.Equal(stored.Crc32C, result.Property("Crc32C"));
        Assert.Equal(stored.Md5, result.Property("Md5Hash"));
        Assert.Equal(1_000_003L, result.Property("Length"));
        Assert.Equal(file, result.Property("Path"));
        Assert.Equal(stored.Crc32C, Run("Get-GcsObjectHash -Value $args[0] -SkipMd5", content).Property("Crc32C"));

        // RFC 3720, appendix B.4, and the well-known check value.
        Assert.Equal("4waSgw==", Run("(Get-GcsObjectHash -Value '123456789').Crc32C").Single<string>());
        Assert.Null(Run("(Get-GcsObjectHash -Value '' -SkipMd5).Md5Hash").MustSucceed().Output[0]);
    }

    [Fact]
    public void Files_bind_from_the_pipeline_and_a_missing_one_is_said()
    {
        FileOf("a[1]", "x"u8.ToArray());

        Run("[IO.FileInfo]::new($args[0]) | Get-GcsObjectHash", At("a[1]")).MustSucceed();
        Run("Get-GcsObjectHash $args[0]", At("none")).SingleError("FileNotFound", ErrorCategory.ObjectNotFound);
        Run("Get-GcsObjectHash $args[0]", Folder).SingleError("FileIsFolder", ErrorCategory.ReadError);
    }
}
