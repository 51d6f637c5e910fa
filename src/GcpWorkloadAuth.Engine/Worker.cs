using System;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine;

/// <summary>
/// Runs blocking work on a thread of its own. The pool's threads are the process's: a host with as many of them as processors would
/// stand still while a few wait for the metadata server.
/// </summary>
internal static class Worker
{
    public static Task<T> RunAsync<T>(Func<T> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <summary>Waits for work that others wait for too, and leaves it alone when this wait is stopped.</summary>
    public static async Task<T> JoinAsync<T>(Task<T> task, CancellationToken stopping)
    {
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
