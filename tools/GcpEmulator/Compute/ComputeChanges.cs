using GcpEmulator.Http;

namespace GcpEmulator.Compute;

/// <summary>The methods that change something: one at a time, with requestId and the plans for operations looked at first.</summary>
internal sealed class ComputeChanges(CloudState state, ComputeServices services)
{
    private readonly OperationsApi _operations = new(state);
    private readonly ProjectMetadata _metadata = new(state, new Changes(state));

    public Reply? Answer(ComputeCall call, ComputeMethod method)
    {
        lock (state.Compute.Operations.Gate)
        {
            if (call.RequestId is not null && !RequestIds.Has(method.Collection, method.Verb))
            {
                // ASSUMED: as Google's front end answers to a query parameter that a method does not have
                throw ComputeErrors.Create(400, "Invalid JSON payload received. Unknown name \"requestId\": Cannot bind query parameter.", "badRequest");
            }

            if (state.Compute.RequestIds.Find(call) is EmulatedOperation known)
            {
                return OperationsApi.Show(call.Request, known);
            }

            string target = method.Name ?? (method.Collection == "projects" ? call.Project.Id : Named(call));
            call = call with { Plan = state.Compute.Operations.TakePlan(method.Verb, target) };
            call.Plan?.Before?.Invoke();
            return Change(call, method);
        }
    }

    private static string Named(ComputeCall call) => call.Body.Text("name") ?? call.Body.Text("namePattern") ?? string.Empty;

    private Reply? Change(ComputeCall call, ComputeMethod method) => method switch
    {
        { Collection: "projects", Verb: "setCommonInstanceMetadata" } => _metadata.Set(call),
        { Collection: "zoneOperations" or "regionOperations" or "globalOperations", Verb: "delete", Name: string name } =>
            _operations.Delete(call, method.Scope, name),
        { Verb: "setIamPolicy", Name: not null } => Policy(call, method),
        { Collection: "instances", Scope: ['z', ..], Name: null } => services.Instances.Create(call, method.Scope[6..], method.Verb),
        { Collection: "instances", Scope: ['z', ..], Name: string name } => services.Instances.Change(call, method.Scope[6..], name, method.Verb),
        { Collection: "instanceGroups" or "instanceGroupManagers" } when Collections.Has(method.Collection, method.Scope) =>
            services.Groups.Change(call, method),
        { Verb: "insert" } when Collections.Has(method.Collection, method.Scope) => services.Resources.Insert(call, method.Scope, method.Collection),
        { Name: string name } when Collections.Has(method.Collection, method.Scope) =>
            services.Resources.Change(call, method.Scope, method.Collection, name, method.Verb),
        _ => null,
    };

    private Reply? Policy(ComputeCall call, ComputeMethod method)
    {
        if (method.Collection == "instances")
        {
            services.Instances.Find(call, method.Scope[6..], method.Name!);
        }
        else if (!Collections.Has(method.Collection, method.Scope))
        {
            return null;
        }

        return state.Compute.Policies.Answer(call, $"{call.Project.Id}/{method.Scope}/{method.Collection}/{method.Name}", method.Verb);
    }
}
