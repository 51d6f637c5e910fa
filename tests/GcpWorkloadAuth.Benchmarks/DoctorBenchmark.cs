using System.Diagnostics;
using System.Management.Automation;
using System.Net.Http.Json;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>
/// Test-GcpAuthentication on a healthy VM whose cloud answers late, against the slowest of its own checks. The metadata server is as
/// near as it is on a VM, the APIs as far as they are.
/// </summary>
internal static class DoctorBenchmark
{
    private const int MetadataDelay = 5;
    private const int ApiDelay = 150;

    public static async Task RunAsync(int runs)
    {
        using EmulatorProcess emulator = new();
        using HttpClient client = new();
        await DelayAsync(client, emulator, "/computeMetadata/*", MetadataDelay);
        await DelayAsync(client, emulator, "*", ApiDelay);
        using Host host = new(Places.Manifest);
        host.Run("$null = Connect-GcpAccount -MetadataServer -Endpoint @{ token = '" + new Uri(emulator.Api, "token") + "' }");
        const string doctor = "Test-GcpAuthentication -Permission compute.instances.list, storage.objects.get -Bucket demo-project-bucket-0001";
        host.Run(doctor);

        double[] whole = new double[runs];
        double[] slowest = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long before = Stopwatch.GetTimestamp();
            ICollection<PSObject> rows = host.Run(doctor);
            whole[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            slowest[i] = rows.Max(row => (long?)row.Properties["Milliseconds"].Value ?? 0);
        }

        double median = Median(whole);
        double check = Median(slowest);
        Measure.Print("Test-GcpAuthentication, its slowest check", check, "ms");
        Measure.Print("Test-GcpAuthentication, all of it", median, "ms", FormattableString.Invariant($"{median / check:0.00} x its slowest check, goal: at most 2"));
    }

    private static async Task DelayAsync(HttpClient client, EmulatorProcess emulator, string path, int milliseconds)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(
            new Uri(emulator.Api, "_emulator/faults"), new { pathPattern = path, delayMs = milliseconds });
        answer.EnsureSuccessStatusCode();
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
