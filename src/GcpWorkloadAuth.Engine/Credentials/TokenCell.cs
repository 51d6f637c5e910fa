using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// One recipe's token: one request serves all who wait, it is renewed in the background under 225 s of life and not handed out
/// under 60 s.
/// </summary>
/// <remarks>
/// 225 s is what Google's own libraries use; 300 s and more would loop, because the metadata server hands the same token out
/// until it has five minutes left. No async methods here: each costs a fresh process more than a millisecond of its first token.
/// </remarks>
internal sealed class TokenCell
{
    internal static readonly TimeSpan RenewBelow = TimeSpan.FromSeconds(225);
    internal static readonly TimeSpan UnusableBelow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pauseBetweenRenewals = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private CachedToken? _current;
    private Request? _request;
    private DateTime _nextRenewalUtc;

    /// <summary>The token in the cell, good or not; null before the first.</summary>
    public CachedToken? Current => Volatile.Read(ref _current);

    /// <summary>A usable token.</summary>
    /// <param name="force">Ask the source even where the present one is good.</param>
    /// <param name="source">Asks the source.</param>
    /// <param name="sourceName">For the warning about a short-lived answer.</param>
    /// <param name="call">Whom to tell, when to stop waiting. Others who wait for the same answer are not stopped by it.</param>
    public Task<CachedToken> GetAsync(bool force, Func<EngineCall, Task<CachedToken>> source, string sourceName, EngineCall call)
    {
        CachedToken? current = Volatile.Read(ref _current);
        if (current is not null && !force)
        {
            TimeSpan left = current.Left;
            if (left >= RenewBelow)
            {
                return current.AsTask;
            }

            if (left >= UnusableBelow)
            {
                RenewInBackground(source);
                return current.AsTask;
            }
        }

        return Join(new Waiter(this, sourceName, call), source, call.Events);
    }

    /// <summary>Drops the token if it is still this one (an API refused it).</summary>
    public void Drop(CachedToken refused) => Interlocked.CompareExchange(ref _current, null, refused);

    /// <summary>Drops whatever is there.</summary>
    public void Clear() => Volatile.Write(ref _current, null);

    private void RenewInBackground(Func<EngineCall, Task<CachedToken>> source)
    {
        lock (_gate)
        {
            // The server may hand the same token out again; asking at every call would not change that.
            if (_request is not null || DateTime.UtcNow < _nextRenewalUtc)
            {
                return;
            }

            _nextRenewalUtc = DateTime.UtcNow + s_pauseBetweenRenewals;
        }

        // Its failure is nobody's: the token in hand is still good, and whoever needs the next one asks again.
        Waiter nobody = new(this, string.Empty, new EngineCall(NoEvents.Instance, CancellationToken.None));
        Join(nobody, source, NoEvents.Instance)
            .ContinueWith(static task => _ = task.Exception, TaskContinuationOptions.ExecuteSynchronously);
    }

    private Task<CachedToken> Join(Waiter waiter, Func<EngineCall, Task<CachedToken>> source, IEngineEvents events)
    {
        Request? mine = null;
        lock (_gate)
        {
            if (_request is null)
            {
                mine = new Request();
                _request = mine;
            }

            _request.Waiters.Add(waiter);
            waiter.Request = _request;
        }

        waiter.Watch();
        mine?.Start(this, source, events);
        return waiter.Task;
    }

    private void Finish(Request request, Task<CachedToken> work)
    {
        List<Waiter> waiters;
        lock (_gate)
        {
            if (ReferenceEquals(_request, request))
            {
                _request = null;
            }

            if (work.Status == TaskStatus.RanToCompletion)
            {
                Volatile.Write(ref _current, work.Result);
            }

            waiters = request.Waiters;
            request.Waiters = [];
        }

        foreach (Waiter waiter in waiters)
        {
            waiter.Finish(work);
        }
    }

    private void Leave(Waiter waiter)
    {
        Request? abandoned = null;
        lock (_gate)
        {
            Request request = waiter.Request!;
            if (request.Waiters.Remove(waiter) && request.Waiters.Count == 0)
            {
                // The last one has gone: the request ends, and the next who asks starts another.
                abandoned = request;
                if (ReferenceEquals(_request, request))
                {
                    _request = null;
                }
            }
        }

        abandoned?.Stop.Cancel();
    }

#pragma warning disable CA1001 // Its source of cancellation holds no timer and no handle.
    private sealed class Request
#pragma warning restore CA1001
    {
        public CancellationTokenSource Stop { get; } = new();

        // Under the cell's lock.
        public List<Waiter> Waiters { get; set; } = [];

        public void Start(TokenCell cell, Func<EngineCall, Task<CachedToken>> source, IEngineEvents events)
        {
            Task<CachedToken> work;
            try
            {
                work = source(new EngineCall(events, Stop.Token));
            }
            catch (Exception failure)
            {
                // Whatever it is: a request that never finishes would block this cell for ever.
                work = Task.FromException<CachedToken>(failure);
            }

            work.ContinueWith(
                task => cell.Finish(this, task), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>One who waits, and may stop waiting alone.</summary>
    private sealed class Waiter(TokenCell cell, string sourceName, EngineCall call)
    {
        // Continuations elsewhere: they must not run inside the one who finishes the request.
        private readonly TaskCompletionSource<CachedToken> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationTokenRegistration _stopping;

        public Request? Request { get; set; }

        public Task<CachedToken> Task => _result.Task;

        public void Watch()
        {
            if (call.Stopping.CanBeCanceled)
            {
                _stopping = call.Stopping.Register(static state => ((Waiter)state!).Cancel(), this);
            }
        }

        public void Finish(Task<CachedToken> work)
        {
            _stopping.Dispose();
            if (work.IsCanceled)
            {
                _result.TrySetCanceled();
                return;
            }

            if (work.Exception is { } error)
            {
                _result.TrySetException(error.InnerExceptions);
                return;
            }

            if (work.Result.Left < UnusableBelow)
            {
                call.Events.Warning(nameof(Strings.WarnTokenShort), sourceName, Math.Max(0, (int)work.Result.Left.TotalSeconds));
            }

            _result.TrySetResult(work.Result);
        }

        private void Cancel()
        {
            if (_result.TrySetCanceled(call.Stopping))
            {
                cell.Leave(this);
            }
        }
    }
}
