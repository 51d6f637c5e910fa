namespace GcpWorkloadAuth.Benchmarks;

/// <summary>What import and a first call add to a fresh host, against a bare .NET program that GETs the token.</summary>
internal static class FirstCallBenchmark
{
    public static async Task RunAsync(int runs)
    {
        using EmulatorProcess emulator = new();
        await emulator.ClearRequestsAsync();
        string import = "Import-Module '" + Places.Manifest + "'";
        foreach ((string name, Func<string, double> host) in Hosts())
        {
            double[] medians = Measure.InTurn(
                runs,
                () => Measure.Process("dotnet", Places.BareGet, emulator.Token.AbsoluteUri),
                () => host("1"),
                () => host(import),
                () => host(import + "; $null = Get-GceAccessToken"),
                () => host(import + "; $null = Get-GcsBucket"));
            Measure.Print("bare program: HttpClient and JsonDocument, whole process", medians[0], "s");
            Measure.Print(name + " alone", medians[1], "s");
            Measure.Print(name + ", import adds", medians[2] - medians[1], "s", Ratio(medians[2] - medians[1], medians[0]));
            Measure.Print(name + ", import and first token add", medians[3] - medians[1], "s", Ratio(medians[3] - medians[1], medians[0]) + ", goal: at most 0.8");
            Measure.Print(name + ", import and first buckets add", medians[4] - medians[1], "s", Ratio(medians[4] - medians[1], medians[0]) + ", goal: at most 1.6");
        }
    }

    private static IEnumerable<(string Name, Func<string, double> Host)> Hosts()
    {
        if (Places.Pwsh is { } pwsh)
        {
            yield return ("pwsh", script => Measure.Process(pwsh, "-NoProfile", "-NonInteractive", "-Command", script));
        }

        yield return ("hosted engine", script => Measure.Process("dotnet", Places.Self, "--child", "script", script));
    }

    private static string Ratio(double value, double bare) => FormattableString.Invariant($"{value / bare:0.00} x the bare program");
}
