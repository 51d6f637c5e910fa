using System.Globalization;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>Import in a warm host, over an empty binary module.</summary>
internal static class ImportBenchmark
{
    public static void Run(int runs)
    {
        string folder = Directory.CreateTempSubdirectory("warm-").FullName;
        try
        {
            // A warm host has imported another module of the same make before: manifest, dll.
            string warm = Path.Combine(folder, "Warm.psd1");
            File.Copy(Path.ChangeExtension(Places.EmptyModule, ".dll"), Path.Combine(folder, "Warm.dll"));
            File.WriteAllText(warm, File.ReadAllText(Places.EmptyModule).Replace("EmptyModule.dll", "Warm.dll", StringComparison.Ordinal));
            if (Places.Pwsh is { } pwsh)
            {
                Run("pwsh", runs, script => Measure.Output(pwsh, "-NoProfile", "-NonInteractive", "-Command", script), warm);
            }

            Run("hosted engine", runs, script => Measure.Child("script", script), warm);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string name, int runs, Func<string, string> host, string warm)
    {
        double[] medians = Measure.InTurn(
            runs, () => Import(host, warm, Places.EmptyModule), () => Import(host, warm, Places.Manifest));
        Measure.Print(name + ", warm: import of an empty binary module", medians[0], "ms");
        Measure.Print(name + ", warm: import of GcpWorkloadAuth", medians[1], "ms");
        Measure.Print("  over the empty module", medians[1] - medians[0], "ms", "goal: at most 30");
    }

    private static double Import(Func<string, string> host, string warm, string module) => double.Parse(
        host("Import-Module '" + warm + "'; $null = Get-Constant; $clock = [Diagnostics.Stopwatch]::StartNew(); Import-Module '" + module
            + "'; $clock.Elapsed.TotalMilliseconds.ToString([Globalization.CultureInfo]::InvariantCulture)"),
        CultureInfo.InvariantCulture);
}
