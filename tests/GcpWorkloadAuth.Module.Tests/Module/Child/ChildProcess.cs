using System.Diagnostics;
using System.Text.Json;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module.Child;

/// <summary>The test's side: a fresh process with the PowerShell engine, and nothing of ours loaded yet.</summary>
internal static class ChildProcess
{
    public static string ImportStep { get; } = "Import-Module '" + Repository.Manifest + "' -ErrorAction Stop";

    /// <summary>Runs PowerShell steps and returns what each of them did. The child has this process's environment.</summary>
    public static Task<List<ChildStep>> RunAsync(params string[] steps) => RunAsync([], steps);

    /// <summary>The same, with options of the host program (dotnet exec) before the assembly.</summary>
    public static async Task<List<ChildStep>> RunAsync(string[] hostOptions, string[] steps)
    {
        string report = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new(DotNet) { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments = ["exec", .. hostOptions, typeof(ChildProcess).Assembly.Location, ChildProgram.Switch, report, .. steps];
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using Process child = Process.Start(start)!;
            Task<string> output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0, $"The child process ended with {child.ExitCode}: {await output}{await error}");
            return JsonSerializer.Deserialize<List<ChildStep>>(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken))!;
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static string DotNet =>
        System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
