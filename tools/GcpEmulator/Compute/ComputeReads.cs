using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>The methods that change nothing.</summary>
internal sealed class ComputeReads(CloudState state, ComputeServices services)
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
        { Collection: "images", Verb: "getFromFamily" } => services.Images.FromFamily(call, method.Name),
        { Verb: "getIamPolicy" or "testIamPermissions" } => Policy(call, method),
        { Collection: "instanceGroups" or "instanceGroupManagers" } => services.Groups.Read(call, method),
        { Collection: "instances" } => services.Instances.Read(call, method.Scope[6..], method.Name, method.Verb),
        _ => null,
    };

    private PlaceReplies Place(ComputeCall call) => new(state, call.Project.Id);

    private MachineTypes Types(ComputeCall call) => new(state, call.Project.Id);

    private Reply? Aggregated(ComputeCall call, string collection) => collection switch
    {
        "instances" => _lists.Aggregated(call.Request, call.Project.Id),
        "machineTypes" => Types(call).Aggregated(call.Request),
        "operations" => _operations.Aggregated(call),
        _ => services.Resources.Aggregated(call, collection),
    };

    private Reply? List(ComputeCall call, ComputeMethod method) => method switch
    {
        { Collection: "projects", Verb: "get" } => Place(call).Project(call.Request, call.Project),
        { Collection: "zones" } => Place(call).Zones(call.Request),
        { Collection: "regions" } => Place(call).Regions(call.Request),
        { Collection: "instances", Scope: ['z', ..] } => _lists.Zonal(call.Request, call.Project.Id, method.Scope[6..]),
        { Collection: "machineTypes", Scope: ['z', ..] } => Types(call).List(call.Request, method.Scope[6..]),
        { Collection: "zoneOperations" or "regionOperations" or "globalOperations" } => _operations.List(call, method.Scope),
        { Verb: "list" } when Collections.Has(method.Collection, method.Scope) => services.Resources.List(call, method.Scope, method.Collection),
        _ => null,
    };

    private Reply? Get(ComputeCall call, ComputeMethod method, string name) => method switch
    {
        { Collection: "zones" } => Place(call).Zone(call.Request, name),
        { Collection: "regions" } => Place(call).Region(call.Request, name),
        { Collection: "instances", Scope: ['z', ..] } => InstanceLists.Get(call.Request, state, call.Project.Id, method.Scope[6..], name),
        { Collection: "machineTypes", Scope: ['z', ..] } => Types(call).Get(call.Request, method.Scope[6..], name),
        { Collection: "zoneOperations" or "regionOperations" or "globalOperations" } => _operations.Get(call, method.Scope, name),
        { Collection: "imageFamilyViews" } => services.Images.FamilyView(call, name),
        { Collection: "instanceGroups" or "instanceGroupManagers" } => services.Groups.Get(call, method, name),
        _ when Collections.Has(method.Collection, method.Scope) => services.Resources.Get(call, method.Scope, method.Collection, name),
        _ => null,
    };

    private Reply? Policy(ComputeCall call, ComputeMethod method)
    {
        if (method.Collection == "instances")
        {
            services.Instances.Find(call, method.Scope[6..], method.Name!);
        }
        else if (!Collections.Has(method.Collection, method.Scope) || services.Resources.Get(call, method.Scope, method.Collection, method.Name!) is null)
        {
            return null;
        }

        return state.Compute.Policies.Answer(call, $"{call.Project.Id}/{method.Scope}/{method.Collection}/{method.Name}", method.Verb);
    }
}
