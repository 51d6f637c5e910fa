using System.Collections.Concurrent;
using System.Security;
using GcpEmulator;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>A test with an emulated cloud that the environment points at, a clean environment otherwise, and a shell.</summary>
public abstract class CloudTest : IAsyncLifetime
{
    /// <summary>The account attached to the emulated VM.</summary>
    protected const string Account = "123456789012-compute@developer.gserviceaccount.com";

    // What the module learns of a metadata server it keeps for the process, by host and port: no two tests may share one.
    private static readonly ConcurrentDictionary<int, bool> s_ports = new();

    private Shell? _shell;

    /// <summary>The cloud, in this test's own state.</summary>
    protected EmulatedCloud Cloud { get; private set; } = null!;

    private protected CleanEnvironment Environment { get; private set; } = null!;

    private protected Shell Shell => _shell ??= new Shell();

    /// <summary>How the cloud starts.</summary>
    protected virtual EmulatorOptions Options => new();

    /// <summary>Requests for a new token.</summary>
    protected int TokenRequests => Cloud.Requests.Count(r => r.Path.EndsWith("/token", StringComparison.Ordinal));

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        Environment = new CleanEnvironment();
        Cloud = await StartCloudAsync();
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

    private protected RunResult Run(string script, params object?[] arguments) => Shell.Run(script, arguments);

    /// <summary>The requests to a service so far, oldest first.</summary>
    protected IReadOnlyList<LoggedRequest> Requests(EmulatedService service) => [.. Cloud.Requests.All.Where(r => r.Service == service)];

    /// <summary>The address of the emulated token endpoint, for -Endpoint @{ token = ... }.</summary>
    protected string TokenEndpoint => new Uri(Cloud.ApiAddress, "/token").AbsoluteUri;

    /// <summary>A new key file of a service account, "robot@demo-project..." unless told otherwise.</summary>
    protected string KeyFile(string? email = null) => Environment.WriteFile(Guid.NewGuid().ToString("N") + ".json", Cloud.State.CreateServiceAccountKey(email));

    /// <summary>A new file of a person's Application Default Credentials.</summary>
    protected string UserFile(string? quotaProject = null) =>
        Environment.WriteFile(Guid.NewGuid().ToString("N") + ".json", Cloud.State.CreateAuthorizedUser(quotaProject: quotaProject));

    /// <summary>Text as a SecureString.</summary>
    protected static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    private async Task<EmulatedCloud> StartCloudAsync()
    {
        while (true)
        {
            EmulatedCloud cloud = await EmulatedCloud.StartAsync(Options, TestContext.Current.CancellationToken);
            if (!s_ports.ContainsKey(cloud.MetadataAddress.Port) && !s_ports.ContainsKey(cloud.ApiAddress.Port))
            {
                s_ports[cloud.MetadataAddress.Port] = true;
                s_ports[cloud.ApiAddress.Port] = true;
                return cloud;
            }

            // A port that was not used stays free: the system has some fourteen thousand to give, and thousands of tests take two each.

            await cloud.DisposeAsync();
        }
    }
}
