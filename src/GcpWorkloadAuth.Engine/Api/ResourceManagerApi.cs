using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// Cloud Resource Manager API v3. Source: its discovery document,
/// https://cloudresourcemanager.googleapis.com/$discovery/rest?version=v3.
/// </summary>
internal static class ResourceManagerApi
{
    public static readonly ApiMethod ProjectsSearch = new(
        ApiService.ResourceManager, "cloudresourcemanager.projects.search", HttpMethod.Get, "projects:search", RetryClass.Idempotent,
        "query", "pageSize", "pageToken");

    public static readonly ApiMethod ProjectsGet = new(
        ApiService.ResourceManager, "cloudresourcemanager.projects.get", HttpMethod.Get, "projects/{project}", RetryClass.Idempotent);

    // A POST that changes nothing.
    public static readonly ApiMethod ProjectsTestIamPermissions = new(
        ApiService.ResourceManager, "cloudresourcemanager.projects.testIamPermissions", HttpMethod.Post,
        "projects/{project}:testIamPermissions", RetryClass.Idempotent);

    public static readonly ApiMethod[] All = [ProjectsSearch, ProjectsGet, ProjectsTestIamPermissions];
}
