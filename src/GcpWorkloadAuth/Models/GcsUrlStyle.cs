namespace GcpWorkloadAuth;

/// <summary>Where the bucket stands in a URL of Cloud Storage.</summary>
public enum GcsUrlStyle
{
    /// <summary>In the path: https://storage.googleapis.com/bucket/name.</summary>
    Path,

    /// <summary>In the host: https://bucket.storage.googleapis.com/name.</summary>
    VirtualHosted,
}
