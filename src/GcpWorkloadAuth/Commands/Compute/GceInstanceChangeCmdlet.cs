using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that change instances. All changes of a pipeline are started first, side by side; then all are waited
/// for together, and results come as they finish.
/// </summary>
public abstract class GceInstanceChangeCmdlet : GceInstanceCmdlet
{
    private readonly List<(GceInstance Target, GceOperation Operation)> _begun = new();
    private SideBySide? _starts;

    /// <summary>Emit the operations as soon as they are started, instead of waiting for them.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Emit the instances as they are after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How long to wait for all of it, in seconds; 0 for as long as it takes. The operations go on after that.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>How many changes are started at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>
    /// Makes a script's re-run idempotent: the same id with the same change of the same instance is done once. Each request's own id
    /// follows from it. Without it every change is a new one.
    /// </summary>
    [Parameter]
    public Guid? RequestId { get; set; }

    private protected override int WaitSeconds => TimeoutSec;

    /// <summary>What is done, for ShouldProcess.</summary>
    private protected abstract string Action { get; }

    /// <summary>True where -Force switches the prompt off.</summary>
    private protected virtual bool IsForced => false;

    /// <summary>Starts the change. Null where there is nothing to do.</summary>
    private protected abstract Task<GceOperation?> StartAsync(GceInstance target);

    /// <summary>Whether the change is done, told by the instance; null for one that is gone.</summary>
    private protected abstract bool IsReached(GceInstance? now);

    /// <summary>Does the change to one instance, as far as it is done at once.</summary>
    private protected virtual async Task ChangeAsync(GceInstance target)
    {
        if (await StartAsync(target) is not { } operation)
        {
            await EmitAsync(target);
        }
        else if (NoWait)
        {
            WriteObject(operation);
        }
        else
        {
            _begun.Add((target, operation));
        }
    }

    private protected override async Task ProcessAsync()
    {
        _starts ??= MakeSideBySide(ThrottleLimit);
        foreach (GceInstance target in await ResolveAsync())
        {
            if (ShouldProcess(Describe(target), Action, IsForced))
            {
                await _starts.StartAsync(() => ForItemAsync(TargetOf(target), () => ChangeAsync(target)));
            }
        }
    }

    private protected override async Task EndAsync()
    {
        if (_starts is null)
        {
            return;
        }

        await _starts.FinishAsync();
        SideBySide waits = MakeSideBySide(int.MaxValue);
        foreach ((GceInstance target, GceOperation operation) in _begun)
        {
            await waits.StartAsync(() => ForItemAsync(TargetOf(target), () => FinishAsync(target, operation)));
        }

        await waits.FinishAsync();
        CloseProgress();
    }

    /// <summary>Waits for one of the steps of a change.</summary>
    private protected Task<GceOperation> WaitForAsync(GceInstance target, GceOperation operation, Func<GceInstance?, bool>? isReached) =>
        WaitForAsync(operation, TargetOf(target), isReached is null ? null : async () => isReached(await TryReadAsync(target)));

    /// <summary>Emits what -PassThru asks for.</summary>
    private protected virtual async Task EmitAsync(GceInstance target)
    {
        if (PassThru)
        {
            WriteObject(await ReadAsync(target));
        }
    }

    private protected Task<GceOperation> SendAsync(InstanceChange change) =>
        Engine.ChangeInstanceAsync(Session, change with { RequestId = RequestId }, Call);

    private async Task FinishAsync(GceInstance target, GceOperation operation)
    {
        await WaitForAsync(target, operation, IsReached);
        await EmitAsync(target);
    }
}
