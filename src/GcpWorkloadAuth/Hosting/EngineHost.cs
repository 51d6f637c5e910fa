using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Loads the engine at the first call that needs it; import and every purely local cmdlet do without.</summary>
internal static class EngineHost
{
    private static readonly Lazy<IEngine> s_engine = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    public static IEngine Engine => s_engine.Value;

    /// <summary>True once something needed the engine.</summary>
    public static bool IsLoaded => s_engine.IsValueCreated;

    /// <summary>True on Windows PowerShell, false on PowerShell 7.</summary>
    public static bool IsNetFramework { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    private static IEngine Load()
    {
        string root = Path.GetDirectoryName(Path.GetDirectoryName(typeof(EngineHost).Assembly.Location))!;
        Assembly engine = IsNetFramework
            ? FrameworkEngineLoader.LoadEngine(Path.Combine(root, "lib", "net472"))
            : LoadIsolated(Path.Combine(root, "lib", "net8.0"));
        return (IEngine)engine.CreateInstance("GcpWorkloadAuth.Engine.GoogleEngine")!;
    }

    private static Assembly LoadIsolated(string folder)
    {
        Assembly loader = Assembly.LoadFrom(Path.Combine(folder, "GcpWorkloadAuth.Loader.dll"));
        return ((IEngineLoader)loader.CreateInstance("GcpWorkloadAuth.Loader.EngineLoadContext")!).LoadEngine();
    }
}
