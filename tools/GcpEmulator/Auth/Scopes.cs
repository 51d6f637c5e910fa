namespace GcpEmulator;

/// <summary>OAuth scopes, and which of them a service accepts (public discovery documents of Storage v1 and Compute v1).</summary>
public static class Scopes
{
    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>All of Google Cloud.</summary>
    public const string CloudPlatform = Prefix + "cloud-platform";

    /// <summary>All of Google Cloud, to read.</summary>
    public const string CloudPlatformReadOnly = Prefix + "cloud-platform.read-only";

    /// <summary>Storage, to read.</summary>
    public const string StorageReadOnly = Prefix + "devstorage.read_only";

    /// <summary>Storage, to read and write objects.</summary>
    public const string StorageReadWrite = Prefix + "devstorage.read_write";

    /// <summary>Storage, access control included.</summary>
    public const string StorageFullControl = Prefix + "devstorage.full_control";

    /// <summary>Compute, to read.</summary>
    public const string ComputeReadOnly = Prefix + "compute.readonly";

    /// <summary>Compute, to read and write.</summary>
    public const string Compute = Prefix + "compute";

    internal static readonly string[] StorageRead = [CloudPlatform, CloudPlatformReadOnly, StorageFullControl, StorageReadOnly, StorageReadWrite];

    internal static readonly string[] StorageWrite = [CloudPlatform, StorageFullControl, StorageReadWrite];

    internal static readonly string[] ProjectsRead =
        [CloudPlatform, CloudPlatformReadOnly, Prefix + "cloudplatformprojects", Prefix + "cloudplatformprojects.readonly"];

    internal static readonly string[] ComputeWrite = [CloudPlatform, Compute];

    internal static readonly string[] ComputeRead = [CloudPlatform, Compute, ComputeReadOnly];
}
