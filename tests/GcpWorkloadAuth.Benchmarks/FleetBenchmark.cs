using System.Diagnostics;
using System.Text;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>100 instances stopped in one pipeline, each taking some seconds: how long in all, by how many requests.</summary>
internal static class FleetBenchmark
{
    private const int Instances = 100;
    private const int Slowest = 10_000;

    public static async Task RunAsync()
    {
        using EmulatorProcess emulator = new(instances: 140);
        using Host host = new(Places.Manifest);
        host.Run($"$fleet = Get-GceInstance -Filter 'status = RUNNING' | Where-Object {{ $_.Name -like 'vm-*' }}; $script:fleet = $fleet[0..{Instances - 1}]");
        using HttpClient client = new();
        using StringContent times = new("{\"durationMs\":" + Slowest + "}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(emulator.Api, "_emulator/operations"), times);
        answer.EnsureSuccessStatusCode();
        await emulator.ClearRequestsAsync();
        long before = Stopwatch.GetTimestamp();
        host.Run("$script:fleet | Stop-GceInstance");
        double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        List<string> requests = await emulator.RequestsAsync();
        int mutations = requests.Count(r => r.Split('?')[0].EndsWith("/stop", StringComparison.Ordinal));
        List<string> polls = [.. requests.Where(r => r.Contains("/operations", StringComparison.Ordinal) && !r.Contains("_emulator", StringComparison.Ordinal))];
        int zones = polls.Select(p => p.Split("/operations")[0]).Distinct().Count();
        Measure.Print(Instances + " instances stopped: mutation requests", mutations, string.Empty, "goal: 100");
        Measure.Print("polling requests a zone in 3 s", polls.Count / Math.Max(1, zones) / (seconds / 3), string.Empty, "goal: at most 1");
        Measure.Print("wall time", seconds, "s", FormattableString.Invariant($"{seconds * 1000 / Slowest:0.00} x the slowest operation, goal: at most 1.3"));
    }
}
