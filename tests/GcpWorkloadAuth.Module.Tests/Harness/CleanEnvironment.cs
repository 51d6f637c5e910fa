namespace GcpWorkloadAuth.Module.Tests.Harness;

/// <summary>Every variable the module heeds, unset or set for one test, and back again afterwards.</summary>
internal sealed class CleanEnvironment : IDisposable
{
    private static readonly string[] s_heeded =
    [
        "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "CLOUDSDK_ACTIVE_CONFIG_NAME", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT",
        "CLOUDSDK_CORE_PROJECT", "CLOUDSDK_COMPUTE_ZONE", "CLOUDSDK_COMPUTE_REGION", "GOOGLE_CLOUD_QUOTA_PROJECT",
        "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT", "GCE_METADATA_TIMEOUT",
        "NO_GCE_CHECK", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "STORAGE_EMULATOR_HOST", "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER", "CLOUDSDK_API_ENDPOINT_OVERRIDES_STS",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGETRANSFER",
        "GOOGLE_API_CERTIFICATE_CONFIG", "GCE_METADATA_MTLS_MODE",
        "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
        "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "NO_PROXY", "no_proxy",
    ];

    private readonly Dictionary<string, string?> _before = [];

    public CleanEnvironment()
    {
        foreach (string name in s_heeded)
        {
            Set(name, null);
        }

        GcloudFolder = Directory.CreateTempSubdirectory("gcp-tests-").FullName;
        Set("CLOUDSDK_CONFIG", GcloudFolder);
    }

    /// <summary>An empty folder in place of gcloud's.</summary>
    public string GcloudFolder { get; }

    public static string? Get(string name) => Environment.GetEnvironmentVariable(name);

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public string WriteFile(string name, string content)
    {
        string path = Path.Combine(GcloudFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            // As a credential file should be: one that others can read earns a warning.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(GcloudFolder, recursive: true);
    }
}
