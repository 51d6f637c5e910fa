using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// IAM policies in the Compute Engine API v1. Source: its discovery document, https://compute.googleapis.com/$discovery/rest?version=v1.
/// </summary>
/// <remarks>setIamPolicy has no requestId: the etag within the policy decides whether it may be sent again.</remarks>
internal static class ComputePoliciesApi
{
    public static readonly ApiMethod InstancesGetIamPolicy = new(
        ApiService.Compute, "compute.instances.getIamPolicy", HttpMethod.Get,
        "projects/{project}/zones/{zone}/instances/{resource}/getIamPolicy", RetryClass.Idempotent, "optionsRequestedPolicyVersion");

    public static readonly ApiMethod InstancesSetIamPolicy = new(
        ApiService.Compute, "compute.instances.setIamPolicy", HttpMethod.Post,
        "projects/{project}/zones/{zone}/instances/{resource}/setIamPolicy", RetryClass.Conditional);

    public static readonly ApiMethod[] All = [InstancesGetIamPolicy, InstancesSetIamPolicy];
}
