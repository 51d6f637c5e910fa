using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// Changing buckets, their IAM policies and their folders. Source: https://storage.googleapis.com/$discovery/rest?version=v1; which methods
/// may be repeated: https://cloud.google.com/storage/docs/retry-strategy.
/// </summary>
internal static class StorageBucketsApi
{
    public static readonly ApiMethod Insert = new(
        ApiService.Storage, "storage.buckets.insert", HttpMethod.Post, "b", RetryClass.Conditional,
        "project", "predefinedAcl", "predefinedDefaultObjectAcl", "projection", "enableObjectRetention");

    public static readonly ApiMethod Patch = new(
        ApiService.Storage, "storage.buckets.patch", new HttpMethod("PATCH"), "b/{bucket}", RetryClass.Conditional,
        "ifMetagenerationMatch", "ifMetagenerationNotMatch", "predefinedAcl", "predefinedDefaultObjectAcl", "projection");

    public static readonly ApiMethod Delete = new(
        ApiService.Storage, "storage.buckets.delete", HttpMethod.Delete, "b/{bucket}", RetryClass.Conditional,
        "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    public static readonly ApiMethod LockRetentionPolicy = new(
        ApiService.Storage, "storage.buckets.lockRetentionPolicy", HttpMethod.Post, "b/{bucket}/lockRetentionPolicy", RetryClass.Conditional,
        "ifMetagenerationMatch");

    public static readonly ApiMethod GetIamPolicy = new(
        ApiService.Storage, "storage.buckets.getIamPolicy", HttpMethod.Get, "b/{bucket}/iam", RetryClass.Idempotent,
        "optionsRequestedPolicyVersion");

    public static readonly ApiMethod SetIamPolicy = new(
        ApiService.Storage, "storage.buckets.setIamPolicy", HttpMethod.Put, "b/{bucket}/iam", RetryClass.Conditional);

    public static readonly ApiMethod ManagedFoldersList = new(
        ApiService.Storage, "storage.managedFolders.list", HttpMethod.Get, "b/{bucket}/managedFolders", RetryClass.Idempotent,
        "pageSize", "pageToken", "prefix");

    public static readonly ApiMethod ManagedFoldersDelete = new(
        ApiService.Storage, "storage.managedFolders.delete", HttpMethod.Delete, "b/{bucket}/managedFolders/{managedFolder}",
        RetryClass.Conditional, "allowNonEmpty", "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    public static readonly ApiMethod FoldersList = new(
        ApiService.Storage, "storage.folders.list", HttpMethod.Get, "b/{bucket}/folders", RetryClass.Idempotent,
        "delimiter", "endOffset", "pageSize", "pageToken", "prefix", "startOffset");

    public static readonly ApiMethod FoldersDelete = new(
        ApiService.Storage, "storage.folders.delete", HttpMethod.Delete, "b/{bucket}/folders/{folder}", RetryClass.Conditional,
        "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    /// <summary>Of the XML API. Source: https://cloud.google.com/storage/docs/xml-api/get-bucket-uploads.</summary>
    public static readonly ApiMethod ListUploads = new(
        ApiService.Storage, "storage.multipartUploads.listUploads", HttpMethod.Get, "{bucket}", RetryClass.Idempotent,
        "uploads", "key-marker", "upload-id-marker", "max-uploads", "prefix", "delimiter")
    {
        IsXml = true,
    };

    /// <summary>Of the XML API. Source: https://cloud.google.com/storage/docs/xml-api/delete-multipart.</summary>
    public static readonly ApiMethod AbortUpload = new(
        ApiService.Storage, "storage.multipartUploads.abort", HttpMethod.Delete, "{bucket}/{object}", RetryClass.Conditional, "uploadId")
    {
        IsXml = true,
    };

    public static readonly ApiMethod[] All =
    [
        Insert, Patch, Delete, LockRetentionPolicy, GetIamPolicy, SetIamPolicy,
        ManagedFoldersList, ManagedFoldersDelete, FoldersList, FoldersDelete, ListUploads, AbortUpload,
    ];
}
