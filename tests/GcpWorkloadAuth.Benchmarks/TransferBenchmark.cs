using System.Diagnostics;
using System.Globalization;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>
/// Contents up and down against the emulator in a process of its own, everything in memory: 1 GiB, and 1,000 files of 4 KiB. Peers are
/// whole processes; the module works in a host that is idle before.
/// </summary>
internal static class TransferBenchmark
{
    private const string Bucket = "demo-project-bucket-0001";
    private const int Files = 1000;

    public static void Run(int runs, long size)
    {
        string root = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "gwa-bench-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(root);
        try
        {
            using EmulatorProcess emulator = new(1, 1, "--content-folder", root, "--no-md5", "--no-log", "--anonymous-storage");
            using Host host = new(Places.Manifest);
            TransferPeers peers = new(emulator.Api, root, Bucket, host.Run("Get-GceAccessToken -AsPlainText").Single().ToString());

            // The server keeps no MD5 here, which is the slowest part of it and which gcloud would insist on.
            Environment.SetEnvironmentVariable("CLOUDSDK_STORAGE_CHECK_HASHES", "never");

            // gcloud keeps tokens, and another cloud does not know them.
            Environment.SetEnvironmentVariable("CLOUDSDK_CONFIG", Path.Combine(root, "gcloud-config"));
            Print();
            Large(runs, size, root, host, peers);
            Small(runs, root, host, peers);
            Memory(root, size);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Print()
    {
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "?";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"processors: {Environment.ProcessorCount}, load: {load}"));
    }

    private static void Large(int runs, long size, string root, Host host, TransferPeers peers)
    {
        string source = Path.Combine(root, "large");
        WriteRandom(source, size);
        string target = Path.Combine(root, "down");
        Compare("up", runs, [
            ("Write-GcsObject", () => host.Run($"Write-GcsObject {Bucket} large -File '{source}' | Out-Null")),
            ("Write-GcsObject -Parallel", () => host.Run($"Write-GcsObject {Bucket} large -File '{source}' -Parallel | Out-Null")),
            .. peers.LargeUp(source),
        ]);
        Compare("down", runs, [
            ("Read-GcsObject", () => host.Run($"Read-GcsObject {Bucket} large -OutFile '{target}' -Force")),
            .. peers.LargeDown(target),
        ]);
        File.Delete(target);
    }

    private static void Small(int runs, string root, Host host, TransferPeers peers)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "small")).FullName;
        for (int i = 0; i < Files; i++)
        {
            WriteRandom(Path.Combine(folder, i.ToString("0000", CultureInfo.InvariantCulture)), 4096);
        }

        string target = Path.Combine(root, "small-down");
        int round = 0;
        Compare("1,000 x 4 KiB up", runs, [
            ("Write-GcsObject", () => host.Run($"Write-GcsObject {Bucket} -File '{folder}' -Recurse -Prefix 'ours{round++}/' | Out-Null")),
            .. peers.SmallUp(folder),
        ]);
        host.Run($"Write-GcsObject {Bucket} -File '{folder}' -Recurse -Prefix 'small/' | Out-Null");
        Compare("1,000 x 4 KiB down", runs, [
            ("Read-GcsObject", () => host.Run($"Read-GcsObject {Bucket} -Prefix small/ -OutFolder '{target}/ours' -Force")),
            .. peers.SmallDown(target),
        ]);
    }

    private static void Memory(string root, long size)
    {
        string idle = Measure.Child("memory", "Get-GcsBucket | Out-Null");
        string down = Measure.Child("memory", $"Read-GcsObject {Bucket} large -OutFile '{root}/m' -Force");
        string up = Measure.Child("memory", $"Write-GcsObject {Bucket} m -File '{root}/large' | Out-Null");
        string many = Measure.Child("memory", $"Read-GcsObject {Bucket} -Prefix small/ -OutFolder '{root}/mm' -Force");
        Measure.Print("peak memory above an idle host, " + (size >> 20) + " MiB down", Above(down, idle), "MiB", "goal: under 150");
        Measure.Print("peak memory above an idle host, " + (size >> 20) + " MiB up", Above(up, idle), "MiB", "goal: under 150");
        Measure.Print("peak memory above an idle host, 1,000 files down", Above(many, idle), "MiB", "goal: under 150");
    }

    private static double Above(string peak, string idle) =>
        (long.Parse(peak, CultureInfo.InvariantCulture) - long.Parse(idle, CultureInfo.InvariantCulture)) / 1024d / 1024d;

    private static void Compare(string what, int runs, List<(string Name, Action Work)> programs)
    {
        double[] medians = Measure.InTurn(runs, [.. programs.Select(p => (Func<double>)(() => Time(p.Work)))]);
        for (int i = 0; i < medians.Length; i++)
        {
            string ratio = i == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"ours is {medians[0] / medians[i]:0.00} x this");
            Measure.Print(what + ": " + programs[i].Name, medians[i], "s", ratio);
        }
    }

    private static double Time(Action work)
    {
        long before = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    private static void WriteRandom(string path, long size)
    {
        byte[] block = new byte[(int)Math.Min(size, 1 << 20)];
        Random.Shared.NextBytes(block);
        using FileStream file = File.Create(path);
        for (long left = size; left > 0; left -= block.Length)
        {
            file.Write(block, 0, (int)Math.Min(left, block.Length));
        }
    }
}
