using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>
/// Transfers under faults by chance: up and down, large and small, until the time is over; each must end byte for byte equal or with an error
/// that leaves nothing half-written. The same seed draws the same faults and sizes.
/// </summary>
internal static class TransferSoak
{
    private const string Bucket = "demo-project-bucket-0001";

    /// <param name="args">The seed, the minutes, and which part of the requests fails.</param>
    /// <returns>0 where nothing was lost.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        int seed = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
        double minutes = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        double rate = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 0.1;
        string folder = Directory.CreateTempSubdirectory("gwa-soak-").FullName;
        try
        {
            using EmulatorProcess emulator = new(1, 1, "--no-log");
            await ArmAsync(emulator.Api, seed, rate);
            return Transfer(seed, TimeSpan.FromMinutes(minutes), folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Transfer(int seed, TimeSpan time, string folder)
    {
        using Host host = new(Places.Manifest);
#pragma warning disable CA5394 // no secret: it has to be repeatable
        Random random = new(seed);
        Stopwatch clock = Stopwatch.StartNew();
        int done = 0;
        int failed = 0;
        while (clock.Elapsed < time)
        {
            // Small ones as often as large ones, up to 64 MiB.
            byte[] content = new byte[(int)Math.Pow(2, random.NextDouble() * 26)];
            random.NextBytes(content);
#pragma warning restore CA5394
            string up = Path.Combine(folder, "up");
            string down = Path.Combine(folder, "down");
            File.WriteAllBytes(up, content);
            bool isParallel = done % 3 == 2;
            string name = "soak/" + (done % 7).ToString(CultureInfo.InvariantCulture);
            string? why = Try(host, $"Write-GcsObject {Bucket} {name} -File '{up}'" + (isParallel ? " -Parallel" : string.Empty))
                ?? Try(host, $"Read-GcsObject {Bucket} {name} -OutFile '{down}' -Force");
            if (why is not null)
            {
                failed++;
                Console.WriteLine("error: " + why);
            }
            else if (!SHA256.HashData(content).AsSpan().SequenceEqual(SHA256.HashData(File.ReadAllBytes(down))))
            {
                Console.WriteLine("LOST: " + name + ", " + content.Length.ToString(CultureInfo.InvariantCulture) + " bytes, seed " + seed.ToString(CultureInfo.InvariantCulture));
                return 1;
            }

            done++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} round trips, {failed} ended with an error, none lost"));
        return 0;
    }

    private static string? Try(Host host, string script)
    {
        try
        {
            host.Run(script + " | Out-Null");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static async Task ArmAsync(Uri api, int seed, double rate)
    {
        using HttpClient client = new();
        using StringContent body = new(
            string.Create(CultureInfo.InvariantCulture, $$"""{"seed":{{seed}},"rate":{{rate}}}"""), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(api, "_emulator/faults/random"), body);
        answer.EnsureSuccessStatusCode();
    }
}
