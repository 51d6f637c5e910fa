using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>What a stopped transfer leaves, and what a second run of the same command makes of it.</summary>
public sealed class ResumeTests : TransferTest
{
    private const int Large = 30_000_001;

    [Fact]
    public async Task A_stopped_download_goes_on_where_it_was()
    {
        byte[] content = Bytes(Large);
        Cloud.State.Objects.Put(Bucket, "x", content);
        Fault slow = Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b/*/o/x", BytesPerSecond = 20_000_000 });
        string script = $"Read-GcsObject {Bucket} x -OutFile '{At("x")}'";

        await Shell.StopAsync(script, SomeArrived(5_000_000));

        Assert.Equal(1, Notes);
        Assert.EndsWith(".partial", Assert.Single(Directory.GetFiles(Folder)), StringComparison.Ordinal);
        OwnerOnly(Assert.Single(Directory.GetFiles(NoteFolder)));

        Cloud.Faults.Remove(slow);
        Cloud.Requests.Clear();
        Run(script).MustSucceed();
        Assert.Equal(Digest(content), Digest(await File.ReadAllBytesAsync(At("x"), TestContext.Current.CancellationToken)));
        HoldsOnly("x");
        Assert.Equal(0, Notes);
        Assert.DoesNotContain(Requests(EmulatedService.Storage), r => r.Query.Contains("alt=media", StringComparison.Ordinal) && !r.Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task A_stopped_download_of_what_has_changed_begins_anew()
    {
        Cloud.State.Objects.Put(Bucket, "x", Bytes(Large));
        Fault slow = Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b/*/o/x", BytesPerSecond = 20_000_000 });
        string script = $"Read-GcsObject {Bucket} x -OutFile '{At("x")}'";
        await Shell.StopAsync(script, SomeArrived(5_000_000));
        Cloud.Faults.Remove(slow);
        byte[] changed = Bytes(Large, 2);
        Cloud.State.Objects.Put(Bucket, "x", changed);

        Run(script).MustSucceed();

        Assert.Equal(Digest(changed), Digest(await File.ReadAllBytesAsync(At("x"), TestContext.Current.CancellationToken)));
        HoldsOnly("x");
        Assert.Equal(0, Notes);
    }

    [Fact]
    public async Task A_partial_file_that_was_touched_is_found_out()
    {
        byte[] content = Bytes(Large);
        Cloud.State.Objects.Put(Bucket, "x", content);
        Fault slow = Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b/*/o/x", BytesPerSecond = 20_000_000 });
        string script = $"Read-GcsObject {Bucket} x -OutFile '{At("x")}'";
        await Shell.StopAsync(script, SomeArrived(5_000_000));
        Cloud.Faults.Remove(slow);
        await using (FileStream partial = File.OpenWrite(Directory.GetFiles(Folder)[0]))
        {
            partial.WriteByte((byte)(content[0] + 1));
        }

        Run(script).MustSucceed();

        Assert.Equal(Digest(content), Digest(await File.ReadAllBytesAsync(At("x"), TestContext.Current.CancellationToken)));
        HoldsOnly("x");
    }

    [Fact]
    public async Task NoResume_leaves_nothing()
    {
        Cloud.State.Objects.Put(Bucket, "x", Bytes(Large));
        Cloud.Faults.Add(new Fault { PathPattern = "/storage/v1/b/*/o/x", BytesPerSecond = 20_000_000 });

        RunResult result = await Shell.StopAsync($"Read-GcsObject {Bucket} x -OutFile '{At("x")}' -NoResume", SomeArrived(2_000_000));

        Assert.Equal(0, Notes);
        HoldsOnly();
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(10), "it hung");
    }

    [Fact]
    public async Task A_stopped_upload_goes_on_in_its_session()
    {
        byte[] content = Bytes(Large);
        string file = FileOf("in/x", content);
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", Method = "PUT", ResetRequestAfter = 12_000_000, Times = 1 });
        Fault hang = Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", Method = "PUT", Hang = true });
        string script = $"Write-GcsObject {Bucket} x -File '{file}'";

        await Shell.StopAsync(script, PutsArrived(2));

        Assert.Equal(1, Notes);
        OwnerOnly(Assert.Single(Directory.GetFiles(NoteFolder)));
        Cloud.Faults.Remove(hang);
        Cloud.Requests.Clear();
        Run(script).MustSucceed();
        Assert.Equal(Digest(content), Digest(Stored("x")));
        Assert.Equal(0, Notes);
        Assert.DoesNotContain(Requests(EmulatedService.Storage), r => r.Method == "POST");
        Assert.Contains(Requests(EmulatedService.Storage), r => r.Headers.TryGetValue("Content-Range", out string? range) && !range.Contains('*', StringComparison.Ordinal) && !range.StartsWith("bytes 0-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stopped_upload_of_what_has_changed_begins_anew()
    {
        string file = FileOf("in/x", Bytes(Large));
        Fault hang = Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", Method = "PUT", Hang = true });
        string script = $"Write-GcsObject {Bucket} x -File '{file}'";
        await Shell.StopAsync(script, PutsArrived(1));
        Cloud.Faults.Remove(hang);
        Cloud.Requests.Clear();
        byte[] changed = Bytes(Large, 2);
        await File.WriteAllBytesAsync(file, changed, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-5));

        Run(script).MustSucceed();

        Assert.Equal(Digest(changed), Digest(Stored("x")));
        Assert.Contains(Requests(EmulatedService.Storage), r => r.Method == "POST");
    }

    [Fact]
    public async Task A_stopped_upload_with_NoResume_ends_its_session()
    {
        string file = FileOf("in/x", Bytes(Large));
        Cloud.Faults.Add(new Fault { PathPattern = "/upload/*", Method = "PUT", Hang = true });

        await Shell.StopAsync($"Write-GcsObject {Bucket} x -File '{file}' -NoResume", PutsArrived(1));

        Assert.Equal(0, Notes);
        Assert.Equal(0, Cloud.State.Objects.OpenSessions);
        Assert.Null(Cloud.State.Objects.Find(Bucket, "x"));
    }

    private static void OwnerOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }
    }

    // The partial file is as long as it will be from the start: what counts is what the note will say, so some time is given.
    private async Task SomeArrived(int bytes)
    {
        await Cloud.Requests.WaitForAsync(r => r.Query.Contains("alt=media", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        while (Directory.GetFiles(Folder).Length == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await Task.Delay(TimeSpan.FromSeconds(bytes / 20_000_000.0), TestContext.Current.CancellationToken);
    }

    private async Task PutsArrived(int count)
    {
        while (Cloud.Requests.Count(r => r.Method == "PUT") < count)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
