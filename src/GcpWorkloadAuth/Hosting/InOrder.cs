using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Calls into the engine for many inputs at a time, whose answers come in the order of the inputs. Only calls overlap; what is done with an
/// answer is done on the pipeline thread, one after the other.
/// </summary>
internal sealed class InOrder
{
    private readonly Queue<Func<Task>> _waiting = new();
    private readonly int _limit;

    /// <param name="limit">How many calls are under way at a time; 1 or more.</param>
    public InOrder(int limit) => _limit = limit;

    /// <summary>Takes a call that was just made, once there is a place for it, and what to do with its answer.</summary>
    public async Task AddAsync<T>(Func<Task<T>> start, Func<Task<T>, Task> finish)
    {
        while (_waiting.Count >= _limit)
        {
            await _waiting.Dequeue()();
        }

        Task<T> call = start();
        _waiting.Enqueue(() => finish(call));
    }

    /// <summary>Waits for all calls.</summary>
    public async Task FinishAsync()
    {
        while (_waiting.Count > 0)
        {
            await _waiting.Dequeue()();
        }
    }
}
