using System;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>
/// The environment variables that the engine heeds, as they were at one moment. Unset and empty are the same. A session compares
/// its snapshot at every use: a variable changed in the shell counts from the next cmdlet on.
/// </summary>
internal sealed class EnvironmentSnapshot
{
    // The names other Google tools read. The order is of no meaning.
    private static readonly string[] s_names =
    [
        "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "CLOUDSDK_ACTIVE_CONFIG_NAME",
        "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT", "CLOUDSDK_COMPUTE_ZONE", "CLOUDSDK_COMPUTE_REGION",
        "GOOGLE_CLOUD_QUOTA_PROJECT", "GOOGLE_CLOUD_UNIVERSE_DOMAIN",
        "GCE_METADATA_HOST", "GCE_METADATA_IP", "GCE_METADATA_ROOT", "GCE_METADATA_TIMEOUT", "NO_GCE_CHECK",
        "STORAGE_EMULATOR_HOST", "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT", "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
        "CLOUDSDK_CORE_ACCOUNT",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER", "CLOUDSDK_API_ENDPOINT_OVERRIDES_STS",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGETRANSFER",
        "GOOGLE_API_CERTIFICATE_CONFIG", "GCE_METADATA_MTLS_MODE",
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES",
        "APPDATA", "HOME", "USERPROFILE", "SystemDrive",
    ];

    private readonly string?[] _values;

    private EnvironmentSnapshot(string?[] values) => _values = values;

    /// <summary>The value; null where unset or blank.</summary>
    public string? this[string name]
    {
        get
        {
            int index = Array.IndexOf(s_names, name);
            return index >= 0 ? _values[index] : throw new ArgumentOutOfRangeException(nameof(name), name, "not a variable of the snapshot");
        }
    }

    public static EnvironmentSnapshot Take()
    {
        string?[] values = new string?[s_names.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Read(i);
        }

        return new EnvironmentSnapshot(values);
    }

    /// <summary>True while nothing has changed since.</summary>
    public bool IsCurrent()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (!string.Equals(_values[i], Read(i), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Read(int index)
    {
        string? value = Environment.GetEnvironmentVariable(s_names[index]);
        return string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
    }
}
