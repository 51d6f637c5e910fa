namespace GcpWorkloadAuth.Engine.Api;

/// <summary>A Google Cloud API.</summary>
internal sealed class ApiService
{
    private ApiService(string id, string title, string basePath, string? variable)
    {
        Id = id;
        Title = title;
        BasePath = basePath;
        OverrideVariable = variable;
    }

    public static ApiService Storage { get; } =
        new("storage", "Cloud Storage", "storage/v1/", "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE");

    public static ApiService Compute { get; } =
        new("compute", "Compute Engine", "compute/v1/", "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE");

    /// <summary>Tokens and signatures of service accounts.</summary>
    public static ApiService IamCredentials { get; } =
        new("iamcredentials", "IAM Service Account Credentials", "v1/", "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS");

    public static ApiService ResourceManager { get; } =
        new("cloudresourcemanager", "Resource Manager", "v3/", "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER");

    /// <summary>Exchanges tokens for others.</summary>
    public static ApiService Sts { get; } = new("sts", "Security Token Service", string.Empty, "CLOUDSDK_API_ENDPOINT_OVERRIDES_STS");

    /// <summary>Copies between clouds and buckets, by jobs of its own.</summary>
    public static ApiService StorageTransfer { get; } =
        new("storagetransfer", "Storage Transfer Service", "v1/", "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGETRANSFER");

    /// <summary>The first label of its host, and its name in -Endpoint.</summary>
    public string Id { get; }

    /// <summary>For people.</summary>
    public string Title { get; }

    /// <summary>Where its methods begin on its host.</summary>
    public string BasePath { get; }

    /// <summary>The variable by which gcloud and this module are pointed elsewhere.</summary>
    public string? OverrideVariable { get; }
}
