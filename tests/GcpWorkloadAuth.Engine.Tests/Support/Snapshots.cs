using System.Runtime.CompilerServices;
using GcpWorkloadAuth.Engine.Settings;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Snapshots of environments that are not the process's, so that tests need not share one.</summary>
internal static class Snapshots
{
    public static EnvironmentSnapshot Empty { get; } = Of();

    public static IReadOnlyList<string> Names => NamesField(null);

    public static EnvironmentSnapshot Of(params (string Name, string Value)[] variables)
    {
        string[] names = NamesField(null);
        string?[] values = new string?[names.Length];
        foreach ((string name, string value) in variables)
        {
            int index = Array.IndexOf(names, name);
            Assert.True(index >= 0, name + " is not a variable of the snapshot");
            values[index] = value;
        }

        return Make(values);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern EnvironmentSnapshot Make(string?[] values);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_names")]
    private static extern ref string[] NamesField(EnvironmentSnapshot? none);
}
