using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that change what lies around instances. All changes of a pipeline are started first, side by side; then
/// all are waited for together, and results come as they finish.
/// </summary>
public abstract class GceChangeCmdlet : GceWaitingCmdlet
{
    private readonly List<(object Target, Func<Task> Finish)> _begun = new();
    private SideBySide? _starts;

    /// <summary>Emit the operations as soon as they are started, instead of waiting for them.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How long to wait for all of it, in seconds; 0 for as long as it takes. The operations go on after that.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TimeoutSec { get; set; }

    /// <summary>How many changes are started at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>
    /// Makes a script's re-run idempotent: the same id with the same change of the same resource is done once. Each request's own id
    /// follows from it. Without it every change is a new one.
    /// </summary>
    [Parameter]
    public Guid? RequestId { get; set; }

    private protected override int WaitSeconds => TimeoutSec;

    /// <summary>Starts a change that is not waited for before others are started.</summary>
    /// <param name="target">What failures are reported against.</param>
    /// <param name="change">The change.</param>
    /// <param name="isReached">Tells whether it is done where its operation cannot be found any more.</param>
    /// <param name="emit">Emits what comes of it; null for nothing.</param>
    private protected Task StartAsync(object target, ResourceChange change, Func<Task<bool>> isReached, Func<Task>? emit) =>
        RunAsync(target, async () =>
        {
            GceOperation operation = await SendAsync(change);
            if (NoWait)
            {
                WriteObject(operation);
            }
            else
            {
                _begun.Add((target, () => FinishAsync(target, operation, isReached, emit)));
            }
        });

    /// <summary>Runs work for one input beside that for others.</summary>
    private protected Task RunAsync(object target, Func<Task> work) =>
        (_starts ??= MakeSideBySide(ThrottleLimit)).StartAsync(() => ForItemAsync(target, work));

    private protected Task<GceOperation> SendAsync(ResourceChange change) =>
        Engine.ChangeResourceAsync(Session, change with { RequestId = RequestId }, Call);

    private protected Task<T> ReadAsync<T>(ResourceAddress at)
        where T : class => Engine.GetResourceAsync<T>(Session, at, Call);

    /// <summary>The resource as it is now; null where it is gone.</summary>
    private protected async Task<T?> TryReadAsync<T>(ResourceAddress at)
        where T : class
    {
        try
        {
            return await ReadAsync<T>(at);
        }
        catch (GcpException failure) when (failure.ErrorId == nameof(Resources.Strings.GceResourceNotFound))
        {
            return null;
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
        foreach ((object target, Func<Task> finish) in _begun)
        {
            await waits.StartAsync(() => ForItemAsync(target, finish));
        }

        await waits.FinishAsync();
        CloseProgress();
    }

    private async Task FinishAsync(object target, GceOperation operation, Func<Task<bool>> isReached, Func<Task>? emit)
    {
        await WaitForAsync(operation, target, isReached);
        if (emit is not null)
        {
            await emit();
        }
    }
}
