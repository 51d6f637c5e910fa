using GcpEmulator;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>One emulated cloud for a class of tests, and one key: making RSA keys is what takes time.</summary>
public sealed class SharedCloud : IAsyncLifetime
{
    public EmulatedCloud Cloud { get; private set; } = null!;

    /// <summary>A service account's key file.</summary>
    public string Key { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        Cloud = await EmulatedCloud.StartAsync();
        Key = Cloud.State.CreateServiceAccountKey();
    }

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    /// <summary>No faults and no requests; accounts, users and tokens stay.</summary>
    public EmulatedCloud Clear()
    {
        Cloud.Faults.Clear();
        Cloud.Requests.Clear();
        return Cloud;
    }
}
