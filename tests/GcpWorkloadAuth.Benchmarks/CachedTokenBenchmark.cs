using System.Diagnostics;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>A cached token against a cmdlet that returns a constant, in one runspace.</summary>
internal static class CachedTokenBenchmark
{
    private const int Calls = 5000;

    public static async Task RunAsync()
    {
        using EmulatorProcess emulator = new();
        using Host host = new(Places.EmptyModule, Places.Manifest);
        host.Run("$null = Get-GceAccessToken");
        await emulator.ClearRequestsAsync();
        double[] medians = Measure.InTurn(
            15,
            () => Time(host, "Get-Constant"),
            () => Time(host, "Get-GceAccessToken"),
            () => Time(host, "Get-GceAccessToken -AsPlainText"));
        Measure.Print("a cmdlet that returns a constant", medians[0], "us a call");
        Measure.Print("Get-GceAccessToken, cached", medians[1], "us a call", Ratio(medians[1], medians[0]));
        Measure.Print("Get-GceAccessToken -AsPlainText, cached", medians[2], "us a call", Ratio(medians[2], medians[0]));
        Measure.Print("requests made meanwhile", (await emulator.RequestsAsync()).Count(r => !r.Contains("_emulator", StringComparison.Ordinal)), string.Empty, "goal: 0");
    }

    private static double Time(Host host, string command)
    {
        long before = Stopwatch.GetTimestamp();
        host.Run("foreach ($i in 1.." + Calls + ") { $null = " + command + " }");
        return Stopwatch.GetElapsedTime(before).TotalMicroseconds / Calls;
    }

    private static string Ratio(double value, double constant) =>
        FormattableString.Invariant($"{value / constant:0.00} x the constant, goal: at most 1.5");
}
