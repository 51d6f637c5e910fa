using System.Diagnostics;
using System.Globalization;
using System.Text;
using GcpWorkloadAuth.Engine.Gcloud;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Identities;

/// <summary>Running gcloud: a time-out that ends it, output that is neither waited for nor kept without end.</summary>
public sealed class GcloudCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gcp-gcloud-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_that_hangs_is_ended()
    {
        GcloudCommand command = Command("sleep 60", TimeSpan.FromSeconds(1));
        Stopwatch clock = Stopwatch.StartNew();

        Fails.With("GcloudTimedOut", () => command.Run(TestContext.Current.CancellationToken));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), "took " + clock.Elapsed);
    }

    [Fact]
    public void One_that_leaves_a_child_with_its_output_open_is_not_waited_for()
    {
        GcloudCommand command = Command("sleep 60 & echo $! > child; exit 0", TimeSpan.FromSeconds(1));

        Fails.With("GcloudTimedOut", () => command.Run(TestContext.Current.CancellationToken));

        // Its parent is gone, so nobody could know it for gcloud's.
        using Process child = Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(_folder, "child")), CultureInfo.InvariantCulture));
        child.Kill();
    }

    [Fact]
    public void A_flood_is_read_to_its_end_and_cut()
    {
        byte[] output = Command("head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2", TimeSpan.FromSeconds(30))
            .Run(TestContext.Current.CancellationToken);

        Assert.InRange(output.Length, 1, 256 * 1024);
    }

    [Fact]
    public void It_reads_no_input_and_starts_in_its_own_folder()
    {
        byte[] output = Command("cat; pwd", TimeSpan.FromSeconds(30)).Run(TestContext.Current.CancellationToken);

        Assert.Equal(Path.GetFullPath(_folder), Path.GetFullPath(Encoding.UTF8.GetString(output).Trim()));
    }

    [Fact]
    public void What_cannot_be_run_is_said_so()
    {
        string path = Path.Combine(_folder, "gcloud");
        File.WriteAllText(path, "no program");

        Fails.With("GcloudFailed", () => new GcloudCommand(path, TimeSpan.FromSeconds(5)).Run(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".:..:bin")]
    public void A_path_without_it_is_an_error(string? searchPath) =>
        Fails.With("GcloudNotFound", () => GcloudCommand.Find(searchPath, TimeSpan.FromSeconds(5)));

    private GcloudCommand Command(string body, TimeSpan timeout)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        string path = Path.Combine(_folder, "gcloud");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return GcloudCommand.Find(_folder, timeout);
    }
}
