using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// Runs a cmdlet's async methods on the pipeline thread: what is posted to it waits in a queue and is run by whoever calls
/// <see cref="Run"/>, so that WriteObject, WriteVerbose and ShouldProcess may follow an await.
/// </summary>
/// <remarks>One pump a cmdlet. A task that is already complete is never waited for, and the queue is made at the first post.</remarks>
internal sealed class PipelinePump : SynchronizationContext
{
    private readonly object _gate = new();
    private Queue<KeyValuePair<SendOrPostCallback, object?>>? _queue;

    /// <summary>Puts work on the pipeline thread. May be called from any thread; never blocks.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _queue ??= new Queue<KeyValuePair<SendOrPostCallback, object?>>();
            _queue.Enqueue(new KeyValuePair<SendOrPostCallback, object?>(d, state));
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Not supported: whoever would wait for the pipeline thread could wait for itself.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The pipeline thread takes posted work only.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts the work and runs posted continuations until it is complete; then throws what it threw.</summary>
    /// <param name="work">The async method. It must end soon after <paramref name="stop"/>.</param>
    /// <param name="stop">
    /// Cancels the work. Called when something posted throws (a warning under -WarningAction Stop, a stopped pipeline): the work is
    /// ended first, then that is thrown.
    /// </param>
    public void Run(Func<Task> work, Action stop)
    {
        SynchronizationContext? caller = Current;
        SetSynchronizationContext(this);
        try
        {
            Task task = work();
            ExceptionDispatchInfo? fault = null;
            if (!task.IsCompleted)
            {
                task.ContinueWith(
                    static (_, pump) => ((PipelinePump)pump!).Wake(),
                    this,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }

            while (TakeNext(task, out KeyValuePair<SendOrPostCallback, object?> next))
            {
                try
                {
                    next.Key(next.Value);
                }
                catch (Exception e)
                {
                    fault ??= ExceptionDispatchInfo.Capture(e);
                    stop();
                }
            }

            fault?.Throw();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(caller);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    // False once the task is complete and the queue is empty: what was posted before the end (a trace line, say) is still run.
    private bool TakeNext(Task until, out KeyValuePair<SendOrPostCallback, object?> next)
    {
        lock (_gate)
        {
            while (_queue is null || _queue.Count == 0)
            {
                if (until.IsCompleted)
                {
                    next = default;
                    return false;
                }

                Monitor.Wait(_gate);
            }

            next = _queue.Dequeue();
            return true;
        }
    }
}
