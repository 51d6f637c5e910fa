using System.Reflection;
using System.Runtime.Loader;

namespace GcpWorkloadAuth.Module.Tests.Module.Child;

/// <summary>An assembly in the child process.</summary>
internal sealed record LoadedAssembly(string Name, string Version, string Context, string Location)
{
    public const string DefaultContext = "Default";

    public bool IsDefault => Context == DefaultContext;

    public override string ToString() => $"{Name} {Version} in {Context} from {Location}";

    public static LoadedAssembly Of(Assembly assembly)
    {
        AssemblyName name = assembly.GetName();
        string context = AssemblyLoadContext.GetLoadContext(assembly)?.Name ?? "unnamed";
        return new LoadedAssembly(name.Name!, name.Version!.ToString(), context, assembly.IsDynamic ? string.Empty : assembly.Location);
    }
}

/// <summary>What one step wrote, loaded and changed.</summary>
internal sealed class ChildStep
{
    public List<string> Output { get; init; } = [];

    public List<string> Errors { get; init; } = [];

    /// <summary>The assemblies that came with this step.</summary>
    public List<LoadedAssembly> Loaded { get; init; } = [];

    /// <summary>NAME=value of every environment variable that this step set or changed; NAME alone where it was unset.</summary>
    public List<string> Environment { get; init; } = [];

    public IEnumerable<string> LoadedNames => Loaded.Select(a => a.Name).Order(StringComparer.Ordinal);
}
