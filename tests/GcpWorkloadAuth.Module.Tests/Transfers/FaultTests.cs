using System.Management.Automation;
using System.Text;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>What goes wrong on the way: made good, or said, and nothing half-written.</summary>
public sealed class FaultTests : TransferTest
{
    private const string Media = "/storage/v1/b/*/o/*";
    private const string Upload = "/upload/*";
    private const int Large = 20_000_003;

    [Theory]
    [InlineData("truncate")]
    [InlineData("reset")]
    [InlineData("503")]
    [InlineData("429")]
    [InlineData("drop")]
    public void A_download_goes_on_behind_the_last_byte(string kind)
    {
        byte[] content = Bytes(Large);
        Cloud.State.Objects.Put(Bucket, "x", content);
        Cloud.Faults.Add(kind switch
        {
            "truncate" => new Fault { PathPattern = Media, TruncateAfter = 3_000_000, Times = 2 },
            "reset" => new Fault { PathPattern = Media, ResetAfter = 3_000_000, Times = 2 },
            "503" => new Fault { PathPattern = Media, Status = 503, Times = 1 },
            "429" => new Fault { PathPattern = Media, Status = 429, Times = 1 },
            _ => new Fault { PathPattern = Media, Drop = true, Times = 2 },
        });

        Run("Read-GcsObject $args[0] x -OutFile $args[1]", Bucket, At("x")).MustSucceed();

        Assert.Equal(Digest(content), Digest(File.ReadAllBytes(At("x"))));
        HoldsOnly("x");
        Assert.Equal(0, Notes);
        if (kind is "truncate" or "reset")
        {
            Assert.Equal("bytes=3000000-20000002", Cloud.Requests.All.First(r => r.Headers.ContainsKey("Range")).Headers["Range"]);
        }
    }

    [Theory]
    [InlineData(1000, 1)]
    [InlineData(Large, 2)]
    public void A_wrong_byte_is_fetched_again_once_and_then_said(int size, int least)
    {
        byte[] content = Bytes(size);
        Cloud.State.Objects.Put(Bucket, "x", content);
        FileOf("x", "old"u8.ToArray());
        Cloud.Faults.Add(new Fault { PathPattern = Media, CorruptAt = 500, Times = 1 });

        Run("Read-GcsObject $args[0] x -OutFile $args[1] -Force", Bucket, At("x")).MustSucceed();
        Assert.Equal(Digest(content), Digest(File.ReadAllBytes(At("x"))));
        Assert.True(Downloads >= least);

        FileOf("x", "old"u8.ToArray());
        Cloud.Faults.Add(new Fault { PathPattern = Media, CorruptAt = 500 });
        Run("Read-GcsObject $args[0] x -OutFile $args[1] -Force", Bucket, At("x")).SingleError("HashMismatch", ErrorCategory.InvalidData);
        Assert.Equal("old", File.ReadAllText(At("x")));
        HoldsOnly("x");
        Assert.Equal(0, Notes);
    }

    [Fact]
    public void A_wrong_byte_on_its_way_to_the_pipeline_is_said()
    {
        Cloud.State.Objects.Put(Bucket, "x", "some text");
        Cloud.Faults.Add(new Fault { PathPattern = Media, CorruptAt = 3 });

        RunResult result = Run("Read-GcsObject $args[0] x", Bucket);

        result.SingleError("HashMismatch", ErrorCategory.InvalidData);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData(1000, "lose")]
    [InlineData(1000, "503")]
    [InlineData(1000, "drop")]
    [InlineData(1000, "corrupt")]
    [InlineData(1000, "truncate")]
    [InlineData(Large, "lose")]
    [InlineData(Large, "503")]
    [InlineData(Large, "drop")]
    [InlineData(Large, "resetRequest")]
    [InlineData(Large, "corrupt")]
    [InlineData(Large, "forget")]
    [InlineData(Large, "stale")]
    public void An_upload_survives(int size, string kind)
    {
        byte[] content = Bytes(size);
        string file = FileOf("x", content);
        int skip = size == Large ? 1 : 0;
        Cloud.Faults.Add(kind switch
        {
            "lose" => new Fault { PathPattern = Upload, Skip = skip, LoseAnswer = true, Times = 1 },
            "503" => new Fault { PathPattern = Upload, Skip = skip, Status = 503, Times = 1 },
            "drop" => new Fault { PathPattern = Upload, Drop = true, Times = 1 },
            "corrupt" => new Fault { PathPattern = Upload, Skip = skip, CorruptRequestAt = 800, Times = 1 },
            "truncate" => new Fault { PathPattern = Upload, Skip = skip, TruncateAfter = 10, Times = 1 },
            "resetRequest" => new Fault { PathPattern = Upload, Skip = skip, ResetRequestAfter = 7_000_000, Times = 2 },
            "forget" => new Fault { PathPattern = Upload, Skip = skip, ForgetBytes = 5_000_000, ResetRequestAfter = 9_000_000, Times = 1 },
            _ => new Fault { PathPattern = Upload, Skip = skip, LoseSession = true, Times = 1 },
        });

        Run("Write-GcsObject $args[0] x -File $args[1] -ContentType a/b", Bucket, file).MustSucceed();

        Assert.Equal(Digest(content), Digest(Stored("x")));
        Assert.Single(Cloud.State.Objects.All(Bucket, versions: true));
        Assert.Equal(0, Notes);
        Assert.Equal(0, Cloud.State.Objects.OpenSessions);
    }

    [Fact]
    public void A_lower_Range_sends_again_what_the_server_lost()
    {
        byte[] content = Bytes(Large);
        string file = FileOf("x", content);
        Cloud.Faults.Add(new Fault { PathPattern = Upload, Skip = 1, ResetRequestAfter = 9_000_000, Times = 1 });
        Cloud.Faults.Add(new Fault { PathPattern = Upload, Skip = 2, Method = "PUT", ForgetBytes = 4_000_000, Times = 1 });

        Run("Write-GcsObject $args[0] x -File $args[1]", Bucket, file).MustSucceed();

        Assert.Equal(Digest(content), Digest(Stored("x")));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    public void A_content_that_arrives_wrong_twice_leaves_nothing(int size)
    {
        string file = FileOf("x", Bytes(size));
        Cloud.State.Objects.Put(Bucket, "other", "x");
        Cloud.Faults.Add(new Fault { PathPattern = Upload, Method = size == Large ? "PUT" : "POST", CorruptRequestAt = 800 });

        Run("Write-GcsObject $args[0] x -File $args[1]", Bucket, file).SingleError("HashMismatch", ErrorCategory.InvalidData);

        Assert.Null(Cloud.State.Objects.Find(Bucket, "x"));
        Assert.Equal(0, Notes);
    }

    [Fact]
    public void Parts_that_break_go_again_and_a_failure_leaves_none()
    {
        byte[] content = Bytes(50_000_000);
        string file = FileOf("x", content);
        Cloud.Faults.Add(new Fault { PathPattern = "/" + Bucket + "/*", Method = "PUT", ResetRequestAfter = 3_000_000, Times = 2 });
        Cloud.Faults.Add(new Fault { PathPattern = "/" + Bucket + "/*", Method = "PUT", CorruptRequestAt = 70, Times = 1 });

        Run("Write-GcsObject $args[0] x -File $args[1] -Parallel", Bucket, file).MustSucceed();
        Assert.Equal(Digest(content), Digest(Stored("x")));

        Cloud.Faults.Add(new Fault { PathPattern = "/" + Bucket + "/*", Method = "PUT", Status = 403 });
        Assert.Single(Run("Write-GcsObject $args[0] y -File $args[1] -Parallel", Bucket, file).Errors);
        Assert.Null(Cloud.State.Objects.Find(Bucket, "y"));
        Assert.Equal(0, Cloud.State.Objects.OpenParts);
        Assert.Equal(0, Cloud.State.Objects.OpenMultipartUploads);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    public void Somebody_else_s_object_is_not_taken_for_ours_after_a_lost_answer(int size)
    {
        string file = FileOf("x", Bytes(size));
        Cloud.Faults.Add(new Fault { PathPattern = Upload, Method = size == Large ? "PUT" : "POST", Drop = true, Times = 1 });
        Cloud.State.Objects.Put(Bucket, "x", "somebody else's");

        Run("Write-GcsObject $args[0] x -File $args[1] -NoClobber", Bucket, file).SingleError("ObjectExists", ErrorCategory.ResourceExists);

        Assert.Equal("somebody else's", Encoding.UTF8.GetString(Stored("x")));
    }

    [Fact]
    public void NoClobber_knows_its_own_work_after_a_lost_answer()
    {
        string file = FileOf("x", Bytes(1000));
        Cloud.Faults.Add(new Fault { PathPattern = Upload, LoseAnswer = true, Times = 1 });

        RunResult result = Run("Write-GcsObject $args[0] x -File $args[1] -NoClobber", Bucket, file).MustSucceed();

        Assert.Equal(Cloud.State.Objects.Find(Bucket, "x")!.Generation, result.Property("Generation"));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(Large)]
    public async Task A_file_that_changes_while_it_is_read_leaves_nothing(int size)
    {
        string file = FileOf("x", Bytes(size));
        Cloud.Faults.Add(new Fault { PathPattern = Upload, Delay = TimeSpan.FromSeconds(1), Times = 1 });
        using PowerShell shell = Shell.Create("Write-GcsObject $args[0] x -File $args[1]", Bucket, file);
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Cloud.Requests.WaitForAsync(r => r.Path.StartsWith("/upload/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        if (size == Large)
        {
            await File.AppendAllTextAsync(file, "more", TestContext.Current.CancellationToken);
            await running;

            Assert.StartsWith("SourceChanged", Assert.Single(shell.Streams.Error).FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Null(Cloud.State.Objects.Find(Bucket, "x"));
            Assert.Equal(0, Cloud.State.Objects.OpenSessions);
            Assert.Equal(0, Notes);
        }
        else
        {
            await running;
            Assert.Empty(shell.Streams.Error);
        }
    }

    [Fact]
    public void A_token_that_is_refused_is_renewed()
    {
        Cloud.State.Objects.Put(Bucket, "x", "text");
        Run("Read-GcsObject $args[0] x", Bucket).MustSucceed();
        Cloud.State.Tokens.RevokeAll();

        Assert.Equal("text", Run("Read-GcsObject $args[0] x", Bucket).Single<string>());
        Cloud.State.Tokens.RevokeAll();
        Run("Write-GcsObject $args[0] y -Value y", Bucket).MustSucceed();
    }

    [Fact]
    public void A_refusal_is_said_as_everywhere()
    {
        Cloud.State.Objects.Put(Bucket, "x", "text");
        Cloud.State.Objects.Deny("storage.objects.get");
        Cloud.State.Objects.Deny("storage.objects.create");

        Run("Read-GcsObject $args[0] x", Bucket).SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
        Run("Write-GcsObject $args[0] y -Value y", Bucket).SingleError("PermissionDenied", ErrorCategory.PermissionDenied);
    }

    [Fact]
    public void Nothing_secret_shows()
    {
        string file = FileOf("x", Bytes(Large));

        RunResult result = Run("Write-GcsObject $args[0] x -File $args[1] -Verbose", Bucket, file).MustSucceed();

        string id = Cloud.Requests.All.First(r => r.Query.Contains("upload_id=", StringComparison.Ordinal)).Query.Split("upload_id=")[1].Split('&')[0];
        Assert.Contains(result.Verbose, v => v.Contains("upload_id=***", StringComparison.Ordinal));
        Assert.DoesNotContain(id, result.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("ya29.", result.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_said_and_leaves_nothing()
    {
        string small = "/dev/shm/gcp-small-" + Guid.NewGuid().ToString("N");
        Assert.SkipUnless(OperatingSystem.IsLinux() && SmallDisk.TryMount(small, 4), "needs a small tmpfs");
        try
        {
            Cloud.State.Objects.Put(Bucket, "x", Bytes(Large));
            Cloud.State.Objects.Put(Bucket, "small", "fits");

            Run("Read-GcsObject $args[0] x -OutFile $args[1]", Bucket, small + "/x").SingleError("DiskFull", ErrorCategory.WriteError);
            Assert.Empty(Directory.GetFiles(small));
            Assert.Equal(0, Notes);
            Run("Read-GcsObject $args[0] small -OutFile $args[1]", Bucket, small + "/small").MustSucceed();
        }
        finally
        {
            SmallDisk.Unmount(small);
        }
    }
}
