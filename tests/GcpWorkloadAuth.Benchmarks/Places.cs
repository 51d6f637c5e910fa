using System.Reflection;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>Where the build put things.</summary>
internal static class Places
{
    public static string Manifest { get; } = Path.Combine(Metadata("StagedModule"), "GcpWorkloadAuth.psd1");

    public static string EmptyModule { get; } = Built("EmptyModule", "EmptyModule.psd1");

    public static string BareGet { get; } = Built("BareGet", "BareGet.dll");

    public static string Emulator { get; } = Built("GcpEmulator", "GcpEmulator.dll");

    /// <summary>A real PowerShell, where the machine has one.</summary>
    public static string? Pwsh { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);

    public static string Self { get; } = typeof(Places).Assembly.Location;

    private static string Built(string project, string file) =>
        Path.Combine(Metadata("ArtifactsPath"), "bin", project, Metadata("Configuration"), file);

    private static string Metadata(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
