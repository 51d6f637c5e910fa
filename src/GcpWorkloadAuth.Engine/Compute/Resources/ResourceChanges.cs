using System;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Compute.Operations;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Starts the operations that change what lies around instances.</summary>
internal sealed class ResourceChanges(ApiClient client)
{
    public Task<GceOperation> StartAsync(ResourceChange change, EngineCall call)
    {
        (ApiMethod method, string noun, bool isNew) = RowOf(change);
        string[] path = PathOf(change.At, noun, isNew);
        byte[]? body = change.Body is null ? null : JsonBody.Write(change.Body);
        string? size = change.Size?.ToString(CultureInfo.InvariantCulture);
        string what = method.Format(path, ("size", size));
        string whole = method.Format(
            path,
            ("size", size),
            ("requestId", RequestIds.Make(change.RequestId, method.Id + " " + what, body)),
            ("prettyPrint", "false"),
            ("fields", OperationReader.Fields));
        ApiRequest request = new(method, whole)
        {
            Json = body,
            IsConditioned = true,
            NotFound = refusal => Missing(refusal, change.At, noun, isNew),
            Special = refusal => Explain(refusal, change.At, noun, isNew),
        };
        return client.SendAsync(request, OperationReader.Read, call);
    }

    private static string[] PathOf(ResourceAddress at, string noun, bool isNew)
    {
        string project = Names.Project(at.Project);
        string? place = at.Place.Zone is { } zone ? Names.Zone(zone) : at.Place.Region is { } region ? Names.Region(region) : null;
        string? name = noun == "project" ? null : Names.Resource(noun, at.Name);
        return (place, isNew ? null : name) switch
        {
            (null, null) => [project],
            (null, { } named) => [project, named],
            ({ } where, null) => [project, where],
            ({ } where, { } named) => [project, where, named],
        };
    }

    private static GcpException Missing(ApiRefusal refusal, ResourceAddress at, string noun, bool isNew)
    {
        if (ComputeRefusals.Missing(refusal, at.Project, at.Place) is { } missing)
        {
            return missing;
        }

        string place = at.Place == ResourcePlace.Global ? at.Project : at.Project + "/" + at.Place;
        return noun == "project" ? Errors.ProjectNotFound(at.Project)
            : isNew ? Errors.ResourceNotFound(refusal.Message)
            : Errors.GceResourceNotFound(noun, at.Name, place);
    }

    private static GcpException? Explain(ApiRefusal refusal, ResourceAddress at, string noun, bool isNew) => refusal.Status switch
    {
        400 when refusal.Reason is "resourceInUseByAnotherResource" or "resourceInUse" => Errors.ResourceInUse(at.Name, refusal.Message),
        400 when refusal.Message.Contains("resource cannot be found") => Errors.ResourceNotFound(refusal.Message),
        409 when isNew => Errors.GceResourceExists(noun, at.Name, refusal.Message),
        412 when refusal.Reason is "conditionNotMet" => Errors.FingerprintConflict(at.Name, refusal.Message),
        _ => null,
    };

    private static (ApiMethod Method, string Noun, bool IsNew) RowOf(ResourceChange change)
    {
        bool isRegional = change.At.Place.Region is not null;
        return change.Method switch
        {
            ResourceMethod.InsertDisk =>
                (isRegional ? ComputeResourceChangesApi.RegionDisksInsert : ComputeResourceChangesApi.DisksInsert, "disk", true),
            ResourceMethod.ResizeDisk =>
                (isRegional ? ComputeResourceChangesApi.RegionDisksResize : ComputeResourceChangesApi.DisksResize, "disk", false),
            ResourceMethod.DeleteDisk =>
                (isRegional ? ComputeResourceChangesApi.RegionDisksDelete : ComputeResourceChangesApi.DisksDelete, "disk", false),
            ResourceMethod.InsertSnapshot => (ComputeResourceChangesApi.SnapshotsInsert, "snapshot", true),
            ResourceMethod.DeleteSnapshot => (ComputeResourceChangesApi.SnapshotsDelete, "snapshot", false),
            ResourceMethod.ResizeGroup =>
                (isRegional ? ComputeResourceChangesApi.RegionGroupsResize : ComputeResourceChangesApi.GroupsResize, "managed instance group", false),
            ResourceMethod.RecreateMembers =>
                (isRegional ? ComputeResourceChangesApi.RegionGroupsRecreate : ComputeResourceChangesApi.GroupsRecreate, "managed instance group", false),
            ResourceMethod.SetProjectMetadata => (ComputeResourceChangesApi.ProjectsSetMetadata, "project", false),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
    }
}
