using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>Cloud Storage JSON API v1. Source: its discovery document, https://storage.googleapis.com/$discovery/rest?version=v1.</summary>
internal static class StorageApi
{
    public static readonly ApiMethod BucketsList = new(
        ApiService.Storage, "storage.buckets.list", HttpMethod.Get, "b", RetryClass.Idempotent,
        "project", "prefix", "maxResults", "pageToken", "projection", "returnPartialSuccess", "softDeleted");

    public static readonly ApiMethod BucketsGet = new(
        ApiService.Storage, "storage.buckets.get", HttpMethod.Get, "b/{bucket}", RetryClass.Idempotent,
        "projection", "generation", "ifMetagenerationMatch", "ifMetagenerationNotMatch", "softDeleted");

    public static readonly ApiMethod BucketsTestIamPermissions = new(
        ApiService.Storage, "storage.buckets.testIamPermissions", HttpMethod.Get, "b/{bucket}/iam/testPermissions", RetryClass.Idempotent,
        "permissions");

    public static readonly ApiMethod[] All = [BucketsList, BucketsGet, BucketsTestIamPermissions];
}
