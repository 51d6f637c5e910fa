using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>10,000 instances in pages of 500 against HttpClient and source-generated System.Text.Json reading the same pages.</summary>
internal static class ListBenchmark
{
    public static async Task RunAsync(int runs)
    {
        using (EmulatorProcess emulator = new(instances: 10_000))
        {
            using Host host = new(Places.Manifest);
            await emulator.ClearRequestsAsync();
            host.Run("Get-GceInstance | Out-Null");
            List<string> pages = [.. (await emulator.RequestsAsync()).Where(r => r.Contains("/aggregated/instances", StringComparison.Ordinal))];
            string token = host.Run("Get-GceAccessToken -AsPlainText").Single().ToString();
            using HttpClient client = new();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            double[] medians = Measure.InTurn(
                runs,
                () => Time(() => Read(client, emulator.Api, pages)),
                () => Time(() => host.Run("Get-GceInstance | Out-Null")));
            Measure.Print("pages of 10,000 instances", pages.Count, string.Empty);
            Measure.Print("HttpClient and System.Text.Json source generation", medians[0] * 1000, "ms");
            Measure.Print("Get-GceInstance | Out-Null", medians[1] * 1000, "ms", FormattableString.Invariant($"{medians[1] / medians[0]:0.00} x, goal: at most 1.3"));
            string first = Measure.Child("peak");
            Measure.Print("peak memory, " + first.Split(' ')[0] + " instances", Megabytes(first), "MiB");
        }

        using (EmulatorProcess emulator = new(instances: 1_000))
        {
            string few = Measure.Child("peak");
            Measure.Print("peak memory, " + few.Split(' ')[0] + " instances", Megabytes(few), "MiB");
        }

        using (EmulatorProcess emulator = new(instances: 40_000))
        {
            string many = Measure.Child("peak");
            Measure.Print("peak memory, " + many.Split(' ')[0] + " instances", Megabytes(many), "MiB", "goal: no growth with pages");
        }
    }

    private static double Time(Action work)
    {
        long before = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    private static void Read(HttpClient client, Uri api, List<string> pages)
    {
        int count = 0;
        foreach (string page in pages)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(api, page));
            using HttpResponseMessage answer = client.Send(request, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            using Stream body = answer.Content.ReadAsStream();
            AggregatedList list = JsonSerializer.Deserialize(body, WireJson.Default.AggregatedList)!;
            count += list.Items?.Values.Sum(scope => scope.Instances?.Count ?? 0) ?? 0;
        }

        if (count != 10_000)
        {
            throw new InvalidOperationException("read " + count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static double Megabytes(string peak) => long.Parse(peak.Split(' ')[1], CultureInfo.InvariantCulture) / 1024d / 1024d;
}
