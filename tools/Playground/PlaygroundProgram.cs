using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using GcpEmulator;

namespace Playground;

/// <summary>Starts the emulated cloud, opens a PowerShell with the staged module, and runs what the command line says.</summary>
internal static class PlaygroundProgram
{
    private const string Usage = """
        dotnet run --project tools/Playground                    the tour, examples/tour.ps1
        dotnet run --project tools/Playground -- -c "..."        a command
        dotnet run --project tools/Playground -- -f FILE [...]   a script with its arguments
        dotnet run --project tools/Playground -- -i              a prompt
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["-h" or "-?" or "--help", ..] or [not ("-c" or "-f" or "-i"), ..] or ["-c"] or ["-f"])
        {
            Console.Error.WriteLine(Usage);
            return args is ["-h" or "-?" or "--help", ..] ? 0 : 2;
        }

        Stopwatch clock = Stopwatch.StartNew();
        await using EmulatedCloud cloud = await EmulatedCloud.StartAsync();
        using TemporaryEnvironment environment = new(cloud);
        using Session session = new(StagedManifest());
        switch (args)
        {
            case ["-c", .. string[] words]:
                return session.RunScript(string.Join(' ', words), []);
            case ["-f", string file, .. string[] arguments]:
                return RunFile(session, file, arguments);
            case ["-i"]:
                Announce(session, cloud);
                return Prompt.Run(session);
            default:
                return RunTour(session, cloud, clock);
        }
    }

    private static int RunTour(Session session, EmulatedCloud cloud, Stopwatch clock)
    {
        Announce(session, cloud);
        int failures = Tour.Run(session, Path.Combine(Metadata("RepositoryRoot"), "examples", "tour.ps1"));
        session.UI.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(failures == 0 ? "The tour is over" : failures + " statements failed")}, {cloud.Requests.Count()} requests, {clock.Elapsed.TotalSeconds:0.0} s. More: -- -i opens a prompt, examples/ has scripts."));
        return failures == 0 ? 0 : 1;
    }

    private static int RunFile(Session session, string file, string[] arguments)
    {
        if (!File.Exists(file))
        {
            Console.Error.WriteLine("There is no file '" + file + "'.");
            return 2;
        }

        return session.RunScript("& $args[0] @($args[1])", [Path.GetFullPath(file), arguments]);
    }

    private static void Announce(Session session, EmulatedCloud cloud)
    {
        session.UI.WriteLine("GcpWorkloadAuth in PowerShell " + session.EngineVersion + ", on an emulated VM: project "
            + cloud.State.Project.Id + ", metadata server " + cloud.MetadataAddress.Authority + ", APIs " + cloud.ApiAddress.Authority + ".");
        session.UI.WriteLine("Nothing here leaves this machine.");
        session.UI.WriteLine();
    }

    // What the build staged, and nothing else.
    private static string StagedManifest()
    {
        string manifest = Path.Combine(Metadata("StagedModule"), "GcpWorkloadAuth.psd1");
        return File.Exists(manifest)
            ? manifest
            : throw new PSInvalidOperationException("The module is not staged at " + manifest + ". Run 'dotnet build' first.");
    }

    private static string Metadata(string key) => typeof(PlaygroundProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
