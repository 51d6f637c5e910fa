namespace GcpEmulator;

/// <summary>The environment variables that lead clients to the emulator.</summary>
internal static class ClientEnvironment
{
    public static IReadOnlyDictionary<string, string> Create(Uri metadata, Uri api)
    {
        string machine = metadata.Authority;
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["GCE_METADATA_HOST"] = machine, // Google's auth libraries of all languages, and the module
            ["GCE_METADATA_IP"] = machine, // the Python library's ping, the Node library
            ["GCE_METADATA_ROOT"] = machine, // gcloud (googlecloudsdk/core/credentials/gce_read.py)
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE"] = new Uri(api, "/compute/v1/").AbsoluteUri, // gcloud, and the module
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"] = new Uri(api, "/storage/v1/").AbsoluteUri,
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS"] = api.AbsoluteUri, // gcloud's base is the host; the paths begin with v1/
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER"] = api.AbsoluteUri, // gcloud's has no version either
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_STS"] = api.AbsoluteUri,
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGETRANSFER"] = api.AbsoluteUri,
            ["CLOUDSDK_AUTH_TOKEN_HOST"] = new Uri(api, "/token").AbsoluteUri, // gcloud, for credential files (property auth/token_host)
        };
    }
}
