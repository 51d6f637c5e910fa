using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>Which paths on the API port are Storage's.</summary>
internal static class StorageRoutes
{
    // What other services on this port begin with: no bucket of these names can be reached by its bare path.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "_emulator", "storage", "upload", "download", "resumable", "batch", "compute", "testing", "latest", "token", "revoke", "oauth2",
        "projects", "computeMetadata",
    };

    /// <summary>
    /// /storage/v1 for resources, /upload/storage/v1 and /resumable/upload/storage/v1 (Google's apitools) for contents, /download/storage/v1
    /// for media links, /batch/storage/v1. /b without /storage/v1 is what @google-cloud/storage asks for under STORAGE_EMULATOR_HOST.
    /// </summary>
    public static bool IsJson(string[] path) => path is
        ["b", ..] or ["storage", "v1", ..] or ["upload" or "download", "storage", "v1", ..] or ["resumable", "upload", "storage", "v1", ..]
        or ["batch", "storage", "v1"];

    /// <summary>
    /// The XML API: the path is BUCKET/OBJECT, as on storage.googleapis.com; or the host is BUCKET.storage.googleapis.com or
    /// BUCKET.localhost. Everything that another service on this port claims is not taken.
    /// </summary>
    public static bool IsXml(EmulatedRequest request) => HostBucket(request) is not null
        || (request.Segments is [string bucket, ..] && BucketNames.IsValid(bucket) && !Reserved.Contains(bucket));

    /// <summary>True where a body may be an object's content, which is not read into memory.</summary>
    public static bool Streams(EmulatedRequest request) => request.Segments switch
    {
        ["upload" or "resumable", ..] => true,
        ["b" or "storage" or "download" or "batch", ..] when HostBucket(request) is null => false,
        _ => request.Method is "PUT" or "POST",
    };

    /// <summary>The bucket in a virtual-hosted address.</summary>
    public static string? HostBucket(EmulatedRequest request)
    {
        string host = request.Host.Split(':')[0];
        foreach (string suffix in new[] { ".storage.googleapis.com", ".localhost" })
        {
            if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return host[..^suffix.Length];
            }
        }

        return null;
    }
}
