using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>The methods that change nothing.</summary>
internal sealed class ComputeReads(CloudState state, InstanceApi instances, ResourcesApi resources, Images images)
{
    private readonly InstanceLists _lists = new(state);
    private readonly OperationsApi _operations = new(state);

    public async ValueTask<Reply?> AnswerAsync(ComputeCall call, ComputeMethod method) => method switch
    {
        { Collection: "zoneOperations" or "regionOperations" or "globalOperations", Name: string name, Verb: "wait" } =>
            await _operations.WaitAsync(call, method.Scope, name),
        { Verb: "aggregatedList" } => Aggregated(call, method.Collection),
        { Name: null } => List(call, method),
        { Verb: "get" } => Get(call, method, method.Name),
        { Collection: "images", Verb: "getFromFamily" } => images.FromFamily(call, method.Name),
        { Verb: "getIamPolicy" or "testIamPermissions" } => Policy(call, method),
        { Collection: "instances" } => instances.Read(call, method.Scope[6..], method.Name, method.Verb),
        _ => null,
    };

    private Reply? Aggregated(ComputeCall call, string collection) => collection switch
    {
        "instances" => _lists.Aggregated(call.Request, call.Project.Id),
        "machineTypes" => PlaceReplies.AggregatedMachineTypes(call.Request, call.Project.Id),
        "operations" => _operations.Aggregated(call),
        _ => resources.Aggregated(call, collection),
    };

    private Reply? List(ComputeCall call, ComputeMethod method) => method switch
    {
        { Collection: "projects", Verb: "get" } =>
            PlaceReplies.Project(call.Request, call.Project, state.Compute.ProjectMetadataOf(call.Project.Id)),
        { Collection: "zones" } => PlaceReplies.Zones(call.Request, call.Project.Id),
        { Collection: "regions" } => PlaceReplies.Regions(call.Request, call.Project.Id),
        { Collection: "instances", Scope: ['z', ..] } => _lists.Zonal(call.Request, call.Project.Id, method.Scope[6..]),
        { Collection: "machineTypes", Scope: ['z', ..] } => PlaceReplies.MachineTypes(call.Request, call.Project.Id, method.Scope[6..]),
        { Collection: "zoneOperations" or "regionOperations" or "globalOperations" } => _operations.List(call, method.Scope),
        { Verb: "list" } when Collections.Has(method.Collection, method.Scope) => resources.List(call, method.Scope, method.Collection),
        _ => null,
    };

    private Reply? Get(ComputeCall call, ComputeMethod method, string name) => method switch
    {
        { Collection: "zones" } => PlaceReplies.Zone(call.Request, call.Project.Id, name),
        { Collection: "regions" } => PlaceReplies.Region(call.Request, call.Project.Id, name),
        { Collection: "instances", Scope: ['z', ..] } => InstanceLists.Get(call.Request, state, call.Project.Id, method.Scope[6..], name),
        { Collection: "machineTypes", Scope: ['z', ..] } => PlaceReplies.MachineType(call.Request, call.Project.Id, method.Scope[6..], name),
        { Collection: "zoneOperations" or "regionOperations" or "globalOperations" } => _operations.Get(call, method.Scope, name),
        _ when Collections.Has(method.Collection, method.Scope) => resources.Get(call, method.Scope, method.Collection, name),
        _ => null,
    };

    private Reply? Policy(ComputeCall call, ComputeMethod method)
    {
        if (method.Collection == "instances")
        {
            instances.Find(call, method.Scope[6..], method.Name!);
        }
        else if (!Collections.Has(method.Collection, method.Scope) || resources.Get(call, method.Scope, method.Collection, method.Name!) is null)
        {
            return null;
        }

        return state.Compute.Policies.Answer(call, $"{call.Project.Id}/{method.Scope}/{method.Collection}/{method.Name}", method.Verb);
    }
}
