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

    public static readonly ApiMethod[] All = [Get, List, Delete];
}
