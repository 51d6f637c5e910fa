using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Iam;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Storage;

/// <content>IAM policies of buckets.</content>
internal sealed partial class StorageService
{
    public Task<GcpIamPolicy> GetPolicyAsync(string bucket, EngineCall call) => client.SendAsync(
        new ApiRequest(
            StorageBucketsApi.GetIamPolicy,
            StorageBucketsApi.GetIamPolicy.Format(
                [Names.Bucket(bucket)], ("optionsRequestedPolicyVersion", IamPolicies.VersionText), ("prettyPrint", "false")))
        {
            NotFound = _ => Errors.BucketNotFound(bucket),
        },
        (ref JsonCursor json) => IamPolicies.Read(ref json, bucket),
        call);

    public Task<GcpIamPolicy> SetPolicyAsync(string bucket, GcpIamPolicy policy, EngineCall call) => client.SendAsync(
        new ApiRequest(StorageBucketsApi.SetIamPolicy, StorageBucketsApi.SetIamPolicy.Format([Names.Bucket(bucket)], ("prettyPrint", "false")))
        {
            Json = JsonBody.Write(IamPolicies.Write(policy)),
            IsConditioned = policy.ETag is not null,
            NotFound = _ => Errors.BucketNotFound(bucket),
        },
        (ref JsonCursor json) => IamPolicies.Read(ref json, bucket),
        call);

    public Task<GcpIamPolicy> ChangePolicyAsync(string bucket, BindingChange change, EngineCall call) =>
        IamPolicyChange.MakeAsync(() => GetPolicyAsync(bucket, call), policy => SetPolicyAsync(bucket, policy, call), change);
}
