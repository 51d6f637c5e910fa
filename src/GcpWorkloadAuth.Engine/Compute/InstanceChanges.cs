using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Compute.Operations;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>Starts the operations that change instances.</summary>
internal sealed class InstanceChanges(ApiClient client)
{
    public Task<GceOperation> StartAsync(InstanceChange change, EngineCall call)
    {
        ApiMethod method = MethodOf(change.Method);
        string project = Names.Project(change.At.Project);
        string zone = Names.Zone(change.At.Zone);
        bool isNew = change.Method is InstanceMethod.Insert or InstanceMethod.BulkInsert;
        string[] path = isNew ? [project, zone] : [project, zone, Names.Instance(change.At.Name)];
        byte[]? body = change.Body is null ? null : JsonBody.Write(change.Body);
        string? discard = change.DiscardLocalSsd is { } isDiscarded ? (isDiscarded ? "true" : "false") : null;
        string what = method.Format(
            path, ("discardLocalSsd", discard), ("deviceName", change.DeviceName), ("sourceInstanceTemplate", change.Template));
        string whole = method.Format(
            path,
            ("discardLocalSsd", discard),
            ("deviceName", change.DeviceName),
            ("sourceInstanceTemplate", change.Template),
            ("requestId", RequestIds.Make(change.RequestId, method.Id + " " + what, body)),
            ("prettyPrint", "false"),
            ("fields", OperationReader.Fields));
        ApiRequest request = new(method, whole)
        {
            Json = body,
            IsConditioned = true,
            NotFound = refusal => ComputeRefusals.Missing(refusal, project, zone)
                ?? (isNew || InstanceRefusals.IsOfDisk(refusal) ? Errors.ResourceNotFound(refusal.Message) : Errors.InstanceNotFound(change.At.Name, project + "/" + zone)),
            Special = refusal => InstanceRefusals.Explain(refusal, change),
        };
        return client.SendAsync(request, OperationReader.Read, call);
    }

    private static ApiMethod MethodOf(InstanceMethod method) => method switch
    {
        InstanceMethod.Start => ComputeInstanceChangesApi.Start,
        InstanceMethod.Stop => ComputeInstanceChangesApi.Stop,
        InstanceMethod.Suspend => ComputeInstanceChangesApi.Suspend,
        InstanceMethod.Resume => ComputeInstanceChangesApi.Resume,
        InstanceMethod.Reset => ComputeInstanceChangesApi.Reset,
        InstanceMethod.Delete => ComputeInstanceChangesApi.Delete,
        InstanceMethod.SetMetadata => ComputeInstanceChangesApi.SetMetadata,
        InstanceMethod.SetLabels => ComputeInstanceChangesApi.SetLabels,
        InstanceMethod.SetTags => ComputeInstanceChangesApi.SetTags,
        InstanceMethod.SetMachineType => ComputeInstanceChangesApi.SetMachineType,
        InstanceMethod.SetServiceAccount => ComputeInstanceChangesApi.SetServiceAccount,
        InstanceMethod.AttachDisk => ComputeInstanceChangesApi.AttachDisk,
        InstanceMethod.DetachDisk => ComputeInstanceChangesApi.DetachDisk,
        InstanceMethod.Insert => ComputeInstanceChangesApi.Insert,
        InstanceMethod.BulkInsert => ComputeInstanceChangesApi.BulkInsert,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
