using GcpEmulator;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>A test with an emulated cloud that the environment points at, a clean environment otherwise, and a shell.</summary>
public abstract class CloudTest : IAsyncLifetime
{
    private Shell? _shell;

    /// <summary>The cloud, in this test's own state.</summary>
    protected EmulatedCloud Cloud { get; private set; } = null!;

    private protected CleanEnvironment Environment { get; private set; } = null!;

    private protected Shell Shell => _shell ??= new Shell();

    /// <summary>How the cloud starts.</summary>
    protected virtual EmulatorOptions Options => new();

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        Environment = new CleanEnvironment();
        Cloud = await EmulatedCloud.StartAsync(Options, TestContext.Current.CancellationToken);
        foreach ((string name, string value) in Cloud.Environment)
        {
            Environment.Set(name, value);
        }

        // The server shares this process and its processors: the one second that suffices elsewhere may not.
        Environment.Set("GCE_METADATA_TIMEOUT", "10");
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        // The sessions are the process's: what one test connected, the next must not meet.
        _shell?.Run("Disconnect-GcpAccount -All");
        _shell?.Dispose();
        await Cloud.DisposeAsync();
        Environment.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Requests for a new token.</summary>
    protected int TokenRequests => Cloud.Requests.Count(r => r.Path.EndsWith("/token", StringComparison.Ordinal));

    private protected RunResult Run(string script, params object?[] arguments) => Shell.Run(script, arguments);
}
