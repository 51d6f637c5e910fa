using System.Reflection;
using Xunit;

// The environment is the process's, and the sessions are too: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>Where the repository and the staged module are, as the build knew them.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string StagedModule { get; } = Metadata("StagedModule");

    public static string Manifest { get; } = Path.Combine(StagedModule, "GcpWorkloadAuth.psd1");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
