using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>Starts the operations that change something and answers with them.</summary>
internal sealed class Changes(CloudState state)
{
    public Reply Begin(ComputeCall call, EmulatedInstance i, string type, OperationWork work) =>
        Show(call, Start(call, "zones/" + i.Zone, type, InstanceJson.SelfLink(i), i.Id, work));

    public Reply Begin(ComputeCall call, EmulatedResource resource, string type, OperationWork work) =>
        Show(call, Start(call, resource.Scope, type, resource.SelfLink, resource.Id, work));

    public EmulatedOperation Start(
        ComputeCall call, string scope, string type, string target, ulong targetId, OperationWork work, string? group = null,
        IReadOnlyList<OperationMessage>? warnings = null) =>
        state.Compute.Operations.Begin(
            new OperationStart(call.Project.Id, scope, type, target, targetId, call.User)
            {
                RequestId = group is null ? call.RequestId : null,
                GroupId = group,
                Plan = group is null ? call.Plan : state.Compute.Operations.TakePlan(type, ComputeUrls.LastPart(target)),
                Warnings = warnings ?? [],
            },
            work);

    public Reply Show(ComputeCall call, EmulatedOperation operation)
    {
        state.Compute.RequestIds.Remember(call, operation);
        return OperationsApi.Show(call.Request, operation);
    }

    /// <summary>Changes an instance; one that is gone meanwhile stays gone.</summary>
    public void Set(EmulatedInstance i, Func<EmulatedInstance, EmulatedInstance> change)
    {
        if (state.Instances.Find(i.Zone, i.Name, i.Project) is not null)
        {
            state.Instances.Update(i.Zone, i.Name, change, i.Project);
        }
    }
}
