using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Loader;

/// <summary>
/// The load context of the engine and of the libraries it brings. It takes <c>&lt;name&gt;.dll</c> from its own folder if the
/// file is there and leaves everything else to the default context, so that another module's version of the same library
/// changes nothing for either side.
/// </summary>
/// <remarks>
/// Plain probing on purpose: <c>AssemblyDependencyResolver</c> throws in WinRM and JEA sessions (PowerShell issues 11238 and
/// 20909) and costs tens of milliseconds of the first token.
/// </remarks>
public sealed class EngineLoadContext : AssemblyLoadContext, IEngineLoader
{
    private readonly string _folder;

    /// <summary>Creates the context over the folder this assembly lies in.</summary>
    public EngineLoadContext()
        : base("GcpWorkloadAuth.Engine")
        => _folder = Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!;

    Assembly IEngineLoader.LoadEngine() => LoadFromAssemblyName(new AssemblyName("GcpWorkloadAuth.Engine"));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
