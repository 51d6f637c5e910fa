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
    private static readonly object s_gate = new();
    private static IEngine? s_engine;

    public static IEngine Engine => Volatile.Read(ref s_engine) ?? LoadOnce();

    /// <summary>True once something needed the engine.</summary>
    public static bool IsLoaded => Volatile.Read(ref s_engine) is not null;

    /// <summary>True on Windows PowerShell, false on PowerShell 7.</summary>
    public static bool IsNetFramework { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    // A failure is not kept: a file that another program holds for a moment must not cost the process its cmdlets.
    private static IEngine LoadOnce()
    {
        lock (s_gate)
        {
            IEngine engine = s_engine ?? Load();
            Volatile.Write(ref s_engine, engine);
            return engine;
        }
    }

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
