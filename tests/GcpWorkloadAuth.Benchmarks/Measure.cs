using System.Diagnostics;
using System.Globalization;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>Whole processes and medians.</summary>
internal static class Measure
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Seconds of one run of a program, from its start to its end.</summary>
    public static double Process(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        long before = Stopwatch.GetTimestamp();
        using Process process = System.Diagnostics.Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException(program + " failed: " + errors);
    }

    /// <summary>What a child of this program printed.</summary>
    public static string Child(params string[] arguments) => Output("dotnet", [Places.Self, "--child", .. arguments]);

    /// <summary>What a program printed.</summary>
    public static string Output(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = System.Diagnostics.Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(program + " failed: " + string.Join(' ', arguments));
    }

    /// <summary>Medians of several programs run in turn, A B C A B C ..., so that a drift of the machine meets all alike.</summary>
    public static double[] InTurn(int runs, params Func<double>[] programs)
    {
        List<double>[] seen = [.. programs.Select(_ => new List<double>())];
        for (int run = -1; run < runs; run++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                double value = programs[i]();
                if (run >= 0)
                {
                    seen[i].Add(value);
                }
            }
        }

        return [.. seen.Select(Median)];
    }

    public static void Print(string what, double value, string unit, string? beside = null) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{what,-62} {value,10:0.000} {unit}{(beside is null ? string.Empty : "   " + beside)}"));
}
