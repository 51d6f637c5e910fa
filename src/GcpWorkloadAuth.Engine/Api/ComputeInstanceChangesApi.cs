using System.Net.Http;

namespace GcpWorkloadAuth.Engine.Api;

/// <summary>
/// What changes instances in the Compute Engine API v1. Source: its discovery document,
/// https://compute.googleapis.com/$discovery/rest?version=v1. All of these have a requestId.
/// </summary>
internal static class ComputeInstanceChangesApi
{
    public static readonly ApiMethod Start = Post("start");
    public static readonly ApiMethod Stop = Post("stop", "discardLocalSsd");
    public static readonly ApiMethod Suspend = Post("suspend", "discardLocalSsd");
    public static readonly ApiMethod Resume = Post("resume");
    public static readonly ApiMethod Reset = Post("reset");
    public static readonly ApiMethod SetMetadata = Post("setMetadata");
    public static readonly ApiMethod SetLabels = Post("setLabels");
    public static readonly ApiMethod SetTags = Post("setTags");
    public static readonly ApiMethod SetMachineType = Post("setMachineType");
    public static readonly ApiMethod SetServiceAccount = Post("setServiceAccount");

    public static readonly ApiMethod AttachDisk = Post("attachDisk", "forceAttach");
    public static readonly ApiMethod DetachDisk = Post("detachDisk", "deviceName");

    public static readonly ApiMethod Delete = new(
        ApiService.Compute, "compute.instances.delete", HttpMethod.Delete, "projects/{project}/zones/{zone}/instances/{instance}",
        RetryClass.Conditional, "requestId");

    public static readonly ApiMethod Insert = new(
        ApiService.Compute, "compute.instances.insert", HttpMethod.Post, "projects/{project}/zones/{zone}/instances",
        RetryClass.Conditional, "requestId", "sourceInstanceTemplate", "sourceMachineImage");

    public static readonly ApiMethod BulkInsert = new(
        ApiService.Compute, "compute.instances.bulkInsert", HttpMethod.Post, "projects/{project}/zones/{zone}/instances/bulkInsert",
        RetryClass.Conditional, "requestId");

    public static readonly ApiMethod[] All =
    [
        Start, Stop, Suspend, Resume, Reset, SetMetadata, SetLabels, SetTags, SetMachineType, SetServiceAccount, AttachDisk, DetachDisk,
        Delete, Insert, BulkInsert,
    ];

    private static ApiMethod Post(string verb, params string[] query) => new(
        ApiService.Compute, "compute.instances." + verb, HttpMethod.Post,
        "projects/{project}/zones/{zone}/instances/{instance}/" + verb, RetryClass.Conditional, ["requestId", .. query]);
}
