namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Tests that change the environment, which is the process's: one at a time, and after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentTests
{
    public const string Name = "environment";
}

/// <summary>Every variable the engine heeds, unset or set for one test, and back again afterwards.</summary>
internal sealed class ProcessEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public ProcessEnvironment()
    {
        foreach (string name in Snapshots.Names)
        {
            Set(name, null);
        }

        Set("CLOUDSDK_CONFIG", Folder.Path);
        Set("NO_GCE_CHECK", "true");
    }

    /// <summary>An empty folder in place of gcloud's.</summary>
    public TemporaryFolder Folder { get; } = new();

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Folder.Dispose();
    }
}
