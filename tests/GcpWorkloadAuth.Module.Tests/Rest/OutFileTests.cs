using System.Management.Automation;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Rest;

/// <summary>A file comes whole or not at all.</summary>
public sealed class OutFileTests : RestTest
{
    private string _folder = string.Empty;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _folder = Directory.CreateTempSubdirectory("gcp-out-").FullName;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_large_answer_goes_straight_to_the_file()
    {
        // Larger than any answer that is kept in memory.
        RunResult result = Save("bytes?length=70000000").MustSucceed();

        Assert.Empty(result.Output);
        Assert.Equal(70_000_000, new FileInfo(Target).Length);
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_older_file_is_replaced()
    {
        File.WriteAllText(Target, "old and longer than the new one, which is what matters here");

        Save("bytes?length=5").MustSucceed();

        Assert.Equal(new byte[5], File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_path_is_relative_to_the_location()
    {
        Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($args[1]); Invoke-GcpRestMethod -Uri $args[0] -OutFile out.bin",
            At("bytes?length=3"),
            _folder).MustSucceed();

        Assert.Equal(3, new FileInfo(Target).Length);
    }

    [Fact]
    public void An_answer_that_breaks_off_leaves_the_older_file_and_nothing_else()
    {
        File.WriteAllText(Target, "old");
        Cloud.Faults.Add(new Fault { PathPattern = "*/bytes", TruncateAfter = 1000 });

        Save("bytes?length=100000", "-MaximumRetryCount 0").SingleError("ResponseTruncated", ErrorCategory.ConnectionError);

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_second_try_begins_at_the_beginning()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/bytes", TruncateAfter = 1000, Times = 1 });

        Save("bytes?length=100000").MustSucceed();

        Assert.Equal(100_000, new FileInfo(Target).Length);
    }

    [Fact]
    public void A_refusal_writes_nothing()
    {
        Save("nothing-there").SingleError("RestNotFound", ErrorCategory.ObjectNotFound);

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Ctrl_C_leaves_nothing()
    {
        Cloud.Faults.Add(new Fault { PathPattern = "*/bytes", Hang = true });
        using PowerShell shell = Shell.Create("Invoke-GcpRestMethod -Uri $args[0] -OutFile $args[1]", At("bytes"), Target);
        Task<PSDataCollection<PSObject>> running = shell.InvokeAsync();
        await Cloud.Requests.WaitForAsync(r => r.Path.EndsWith("/bytes", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await shell.StopAsync(null, null);
        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => running);

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_if_asks_nobody_and_writes_nothing()
    {
        Save("bytes", "-WhatIf").MustSucceed();

        Assert.Equal(0, Cloud.Requests.Count());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Where_no_file_can_be()
    {
        Run("Invoke-GcpRestMethod -Uri $args[0] -OutFile Env:out", At("bytes")).SingleError("PathNotFileSystem", ErrorCategory.InvalidArgument);
        Run("Invoke-GcpRestMethod -Uri $args[0] -OutFile $args[1]", At("bytes"), _folder).SingleError("OutFileFailed", ErrorCategory.InvalidData);
        Run("Invoke-GcpRestMethod -Uri $args[0] -OutFile $args[1]", At("bytes"), Path.Combine(_folder, "no", "such")).SingleError("OutFileFailed", ErrorCategory.InvalidData);

        Assert.Equal(0, ApiRequests);
    }

    private string Target => Path.Combine(_folder, "out.bin");

    private RunResult Save(string path, string parameters = "") =>
        Run("Invoke-GcpRestMethod -Uri $args[0] -OutFile $args[1] " + parameters, At(path), Target);
}
