using GcpEmulator;

namespace Playground;

/// <summary>
/// Points this process at the emulated cloud and away from the user's own credentials, so that a tour shows the same everywhere
/// and touches nothing real.
/// </summary>
internal sealed class TemporaryEnvironment : IDisposable
{
    private static readonly string[] s_own =
    [
        "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_ACTIVE_CONFIG_NAME", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT",
        "CLOUDSDK_CORE_PROJECT", "CLOUDSDK_COMPUTE_ZONE", "CLOUDSDK_COMPUTE_REGION", "GOOGLE_CLOUD_QUOTA_PROJECT",
        "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "NO_GCE_CHECK", "STORAGE_EMULATOR_HOST",
    ];

    private readonly string _gcloudFolder = Directory.CreateTempSubdirectory("playground-").FullName;

    public TemporaryEnvironment(EmulatedCloud cloud)
    {
        foreach (string name in s_own)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Environment.SetEnvironmentVariable("CLOUDSDK_CONFIG", _gcloudFolder);

        // The cloud shares this process: on a busy machine the usual one second may not do.
        Environment.SetEnvironmentVariable("GCE_METADATA_TIMEOUT", "15");
        foreach ((string name, string value) in cloud.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Dispose() => Directory.Delete(_gcloudFolder, recursive: true);
}
