using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>100,000 objects in pages of 1,000 against HttpClient and source-generated System.Text.Json reading the same pages.</summary>
internal static class ObjectListBenchmark
{
    private const string Bucket = "demo-project-bucket-0001";
    private const int Count = 100_000;
    private const string Command = "Get-GcsObject " + Bucket + " | Out-Null";

    public static async Task RunAsync(int runs)
    {
        using EmulatorProcess emulator = new();
        using HttpClient client = new();
        using HttpResponseMessage seeded = await client.PostAsJsonAsync(
            new Uri(emulator.Api, "_emulator/objects"), new { bucket = Bucket, synthetic = Count });
        seeded.EnsureSuccessStatusCode();
        using Host host = new(Places.Manifest);
        await emulator.ClearRequestsAsync();
        host.Run(Command);
        List<string> pages = [.. (await emulator.RequestsAsync()).Where(r => r.Contains("/o?", StringComparison.Ordinal))];
        string token = host.Run("Get-GceAccessToken -AsPlainText").Single().ToString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        double[] medians = Measure.InTurn(
            runs, () => Time(() => Read(client, emulator.Api, pages)), () => Time(() => host.Run(Command)));
        Measure.Print("pages of 100,000 objects", pages.Count, string.Empty);
        Measure.Print("HttpClient and System.Text.Json source generation", medians[0] * 1000, "ms");
        Measure.Print(Command, medians[1] * 1000, "ms", FormattableString.Invariant($"{medians[1] / medians[0]:0.00} x, goal: at most 1.3"));
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
            ObjectList list = JsonSerializer.Deserialize(body, ObjectJson.Default.ObjectList)!;
            count += list.Items?.Count ?? 0;
        }

        if (count != Count)
        {
            throw new InvalidOperationException("read " + count.ToString(CultureInfo.InvariantCulture));
        }
    }
}
