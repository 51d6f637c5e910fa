using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>The objects of the Cloud Storage JSON API v1. Source: https://storage.googleapis.com/$discovery/rest?version=v1.</summary>
internal static class StorageObjectsApi
{
    public static readonly ApiMethod Get = new(
        ApiService.Storage, "storage.objects.get", HttpMethod.Get, "b/{bucket}/o/{object}", RetryClass.Idempotent,
        "generation", "softDeleted", "projection", "alt",
        "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    public static readonly ApiMethod List = new(
        ApiService.Storage, "storage.objects.list", HttpMethod.Get, "b/{bucket}/o", RetryClass.Idempotent,
        "prefix", "delimiter", "matchGlob", "versions", "softDeleted", "startOffset", "endOffset", "includeTrailingDelimiter",
        "includeFoldersAsPrefixes", "projection", "maxResults", "pageToken");

    public static readonly ApiMethod Delete = new(
        ApiService.Storage, "storage.objects.delete", HttpMethod.Delete, "b/{bucket}/o/{object}", RetryClass.Conditional,
        "generation", "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    public static readonly ApiMethod Patch = new(
        ApiService.Storage, "storage.objects.patch", Verbs.Patch, "b/{bucket}/o/{object}", RetryClass.Conditional,
        "generation", "projection", "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    public static readonly ApiMethod Rewrite = new(
        ApiService.Storage, "storage.objects.rewrite", HttpMethod.Post,
        "b/{sourceBucket}/o/{sourceObject}/rewriteTo/b/{destinationBucket}/o/{destinationObject}", RetryClass.Conditional,
        "rewriteToken", "maxBytesRewrittenPerCall", "destinationKmsKeyName", "sourceGeneration", "projection",
        "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch",
        "ifSourceGenerationMatch", "ifSourceGenerationNotMatch", "ifSourceMetagenerationMatch", "ifSourceMetagenerationNotMatch");

    public static readonly ApiMethod Move = new(
        ApiService.Storage, "storage.objects.move", HttpMethod.Post,
        "b/{bucket}/o/{sourceObject}/moveTo/o/{destinationObject}", RetryClass.Conditional,
        "projection", "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch",
        "ifSourceGenerationMatch", "ifSourceGenerationNotMatch", "ifSourceMetagenerationMatch", "ifSourceMetagenerationNotMatch");

    public static readonly ApiMethod Compose = new(
        ApiService.Storage, "storage.objects.compose", HttpMethod.Post,
        "b/{destinationBucket}/o/{destinationObject}/compose", RetryClass.Conditional,
        "kmsKeyName", "ifGenerationMatch", "ifMetagenerationMatch");

    public static readonly ApiMethod Restore = new(
        ApiService.Storage, "storage.objects.restore", HttpMethod.Post, "b/{bucket}/o/{object}/restore", RetryClass.Conditional,
        "generation", "copySourceAcl", "projection",
        "ifGenerationMatch", "ifGenerationNotMatch", "ifMetagenerationMatch", "ifMetagenerationNotMatch");

    /// <summary>
    /// Up to 100 calls in one request. Never repeated as a whole: which of its calls were carried out, each of them has to say.
    /// Source: https://cloud.google.com/storage/docs/batch.
    /// </summary>
    public static readonly ApiMethod Batch = new(
        ApiService.Storage, "storage.objects.batch", HttpMethod.Post, string.Empty, RetryClass.Never)
    {
        Mount = "batch",
    };

    public static readonly ApiMethod[] All = [Get, List, Delete, Patch, Rewrite, Move, Compose, Restore, Batch];

    private static class Verbs
    {
        // .NET Framework has no name for it.
        public static readonly HttpMethod Patch = new("PATCH");
    }
}
