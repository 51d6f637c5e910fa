using System;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine;

/// <summary>Waits for somebody else's task, and leaves it alone when the wait is stopped.</summary>
internal static class Waiting
{
    public static async Task<T> ForAsync<T>(Task<T> task, CancellationToken stopping)
    {
        if (task.IsCompleted || !stopping.CanBeCanceled)
        {
            return await task.ConfigureAwait(false);
        }

        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stopping.Register(
            static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), stopped);
        if (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false) != task)
        {
            throw new OperationCanceledException(stopping);
        }

        return await task.ConfigureAwait(false);
    }
}
