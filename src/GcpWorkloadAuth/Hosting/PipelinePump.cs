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
    private Queue<Posted>? _queue;

    /// <summary>Puts work on the pipeline thread. May be called from any thread; never blocks.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _queue ??= new Queue<Posted>();
            _queue.Enqueue(new Posted(d, state));
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

            while (TakeNext(task) is { } next)
            {
                try
                {
                    next.Run();
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

    // Null once the task is complete and the queue is empty: what was posted before the end (a trace line, say) is still run.
    private Posted? TakeNext(Task until)
    {
        lock (_gate)
        {
            while (_queue is null || _queue.Count == 0)
            {
                if (until.IsCompleted)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            return _queue.Dequeue();
        }
    }

    // A class: a queue of a struct would be compiled anew in every process.
    private sealed class Posted
    {
        private readonly SendOrPostCallback _callback;
        private readonly object? _state;

        public Posted(SendOrPostCallback callback, object? state)
        {
            _callback = callback;
            _state = state;
        }

        public void Run() => _callback(_state);
    }
}
