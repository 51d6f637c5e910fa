namespace GcpWorkloadAuth.Benchmarks;

/// <summary>Many runspaces at once on a cold cache.</summary>
internal static class RunspacesBenchmark
{
    private const int Runspaces = 32;

    public static async Task RunAsync()
    {
        using EmulatorProcess emulator = new();
        Host[] hosts = [.. Enumerable.Range(0, Runspaces).Select(_ => new Host(Places.Manifest))];
        await emulator.ClearRequestsAsync();
        using Barrier together = new(Runspaces);
        Thread[] threads = [.. hosts.Select(host => new Thread(() =>
        {
            together.SignalAndWait();
            host.Run("$null = Get-GceAccessToken");
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        int requests = (await emulator.RequestsAsync()).Count(r => r.Split('?')[0].EndsWith("/token", StringComparison.Ordinal));
        Measure.Print(Runspaces + " runspaces at once on a cold cache: token requests", requests, string.Empty, "goal: 1");
        Array.ForEach(hosts, host => host.Dispose());
    }
}
