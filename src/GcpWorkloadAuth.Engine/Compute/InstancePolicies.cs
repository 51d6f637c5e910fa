using System.Collections.Generic;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Iam;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>
/// IAM policies of instances. They name the instance by its address, projects/P/zones/Z/instances/N, so that a policy that is piped
/// on means one instance and no other.
/// </summary>
internal sealed class InstancePolicies(ApiClient client)
{
    public Task<GcpIamPolicy> GetAsync(InstanceAddress at, EngineCall call)
    {
        ApiMethod method = ComputePoliciesApi.InstancesGetIamPolicy;
        string path = method.Format(Path(at), ("optionsRequestedPolicyVersion", IamPolicies.VersionText), ("prettyPrint", "false"));
        return client.SendAsync(
            new ApiRequest(method, path) { NotFound = refusal => Missing(refusal, at) },
            (ref JsonCursor json) => IamPolicies.Read(ref json, ResourceOf(at)),
            call);
    }

    public Task<GcpIamPolicy> ChangeAsync(InstanceAddress at, BindingChange change, EngineCall call) =>
        IamPolicyChange.MakeAsync(() => GetAsync(at, call), policy => SetAsync(at, policy, call), change);

    private Task<GcpIamPolicy> SetAsync(InstanceAddress at, GcpIamPolicy policy, EngineCall call)
    {
        ApiMethod method = ComputePoliciesApi.InstancesSetIamPolicy;
        ApiRequest request = new(method, method.Format(Path(at), ("prettyPrint", "false")))
        {
            Json = JsonBody.Write(new Dictionary<string, object?> { ["policy"] = IamPolicies.Write(policy) }),
            IsConditioned = policy.ETag is not null,
            NotFound = refusal => Missing(refusal, at),
        };
        return client.SendAsync(request, (ref JsonCursor json) => IamPolicies.Read(ref json, ResourceOf(at)), call);
    }

    private static string[] Path(InstanceAddress at) => [Names.Project(at.Project), Names.Zone(at.Zone), Names.Instance(at.Name)];

    private static string ResourceOf(InstanceAddress at) => "projects/" + at.Project + "/zones/" + at.Zone + "/instances/" + at.Name;

    private static GcpException Missing(ApiRefusal refusal, InstanceAddress at) =>
        ComputeRefusals.Missing(refusal, at.Project, at.Zone) ?? Errors.InstanceNotFound(at.Name, at.Project + "/" + at.Zone);
}
