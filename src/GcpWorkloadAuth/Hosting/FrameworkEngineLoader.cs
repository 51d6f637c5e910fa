using System;
using System.IO;
using System.Reflection;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Loads the engine on .NET Framework, which has no load contexts: LoadFrom, and one handler that answers only for files of our
/// own folder, only when one of our own assemblies asks, and never with an older version than asked for.
/// </summary>
internal static class FrameworkEngineLoader
{
    private static string s_folder = string.Empty;

    public static Assembly LoadEngine(string folder)
    {
        s_folder = Path.GetFullPath(folder);
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        return Assembly.LoadFrom(Path.Combine(s_folder, "GcpWorkloadAuth.Engine.dll"));
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is not { } requester || !IsOurs(requester))
        {
            return null;
        }

        AssemblyName wanted = new(args.Name);
        if (string.Equals(wanted.Name, typeof(FrameworkEngineLoader).Assembly.GetName().Name, StringComparison.OrdinalIgnoreCase))
        {
            return typeof(FrameworkEngineLoader).Assembly;
        }

        string path = Path.Combine(s_folder, wanted.Name + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        AssemblyName found = AssemblyName.GetAssemblyName(path);
        return wanted.Version is not null && found.Version < wanted.Version ? null : Assembly.LoadFrom(path);
    }

    private static bool IsOurs(Assembly requester)
    {
        if (requester.IsDynamic || string.IsNullOrEmpty(requester.Location))
        {
            return false;
        }

        return string.Equals(Path.GetDirectoryName(requester.Location), s_folder, StringComparison.OrdinalIgnoreCase);
    }
}
