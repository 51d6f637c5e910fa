using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>zoneOperations, regionOperations and globalOperations: get, list, wait, delete, aggregatedList.</summary>
internal sealed class OperationsApi(CloudState state)
{
    private readonly Listing<EmulatedOperation> _listing = new(
        "operations", "compute#operation", static o => o.Scope, static o => o.Name, OperationJson.Write, state.Instances)
    {
        FlatSchema = FieldSchemas.Operations,
        AggregatedSchema = FieldSchemas.AggregatedOperations,
    };

    public static Reply Show(EmulatedRequest request, EmulatedOperation operation) =>
        JsonAnswer.Create(request, FieldSchemas.Operation, json => OperationJson.Write(json, operation));

    public Reply List(ComputeCall call, string scope) =>
        _listing.Flat(call.Request, call.Project.Id, scope, Of(call).Where(o => o.Scope == scope));

    public Reply Aggregated(ComputeCall call) => _listing.Aggregated(call.Request, call.Project.Id, Places.AllScopes, Of(call));

    public Reply Get(ComputeCall call, string scope, string name) => Show(call.Request, Find(call, scope, name));

    /// <summary>"Waits for no more than the default deadline (2 minutes) and then returns the current state" (discovery document).</summary>
    public async ValueTask<Reply> WaitAsync(ComputeCall call, string scope, string name)
    {
        EmulatedOperation operation = Find(call, scope, name);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(call.Request.Aborted, state.Stopping);
        await state.Compute.Operations.WaitAsync(operation, stop.Token);
        return Show(call.Request, operation);
    }

    public Reply Delete(ComputeCall call, string scope, string name)
    {
        state.Compute.Operations.Remove(Find(call, scope, name).Name);
        return Reply.Empty(204);
    }

    private IEnumerable<EmulatedOperation> Of(ComputeCall call) => state.Compute.Operations.All
        .Where(o => o.Project == call.Project.Id && !o.Vanished)
        .OrderBy(o => o.Scope, StringComparer.Ordinal).ThenBy(o => o.Name, StringComparer.Ordinal);

    private EmulatedOperation Find(ComputeCall call, string scope, string name) =>
        state.Compute.Operations.Find(name) is { Vanished: false } found && found.Project == call.Project.Id && found.Scope == scope
            ? found
            : throw ComputeErrors.NotFound($"projects/{call.Project.Id}/{scope}/operations/{name}");
}
