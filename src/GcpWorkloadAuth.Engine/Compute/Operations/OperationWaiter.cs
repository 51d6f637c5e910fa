using System;
using System.Diagnostics;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>
/// Waits for operations. A few are waited for by operations.wait, which answers as soon as one is done; where a project has many, one
/// list a zone covers them all.
/// </summary>
internal sealed class OperationWaiter(OperationService service) : IOperationWaiter
{
    // What begins together is counted together.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_spacing = TimeSpan.FromSeconds(2);
    private readonly OperationLists _lists = new(service);

    public async Task<GceOperation> WaitAsync(GceOperation operation, EngineCall call)
    {
        if (operation.IsDone)
        {
            return operation;
        }

        OperationAddress at = OperationAddress.Of(operation);
        HangingWaits waits = HangingWaits.Of(at.Project);
        waits.Enter();
        try
        {
            await Task.Delay(s_gather, call.Stopping).ConfigureAwait(false);
            GceOperation? done = waits.MayHang() ? await HangAsync(at, call).ConfigureAwait(false) : null;
            return done ?? await _lists.WaitAsync(operation, call).ConfigureAwait(false);
        }
        finally
        {
            waits.Leave();
        }
    }

    /// <summary>Null where such a request does not get through: a proxy that ends what is quiet for a while, say.</summary>
    private async Task<GceOperation?> HangAsync(OperationAddress at, EngineCall call)
    {
        while (true)
        {
            Stopwatch since = Stopwatch.StartNew();
            try
            {
                GceOperation operation = await service.WaitAsync(at, call).ConfigureAwait(false);
                if (operation.IsDone)
                {
                    return operation;
                }
            }
            catch (GcpException failure) when (failure.Kind is GcpErrorKind.Connection or GcpErrorKind.Timeout or GcpErrorKind.Permission or GcpErrorKind.Unavailable)
            {
                return null;
            }

            // The server may answer sooner than it says it would.
            if (since.Elapsed < s_spacing)
            {
                await Task.Delay(s_spacing - since.Elapsed, call.Stopping).ConfigureAwait(false);
            }
        }
    }
}
