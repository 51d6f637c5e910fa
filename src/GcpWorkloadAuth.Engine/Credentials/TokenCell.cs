using System;
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
/// until it has five minutes left.
/// </remarks>
internal sealed class TokenCell
{
    internal static readonly TimeSpan RenewBelow = TimeSpan.FromSeconds(225);
    internal static readonly TimeSpan UnusableBelow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pauseBetweenRenewals = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private CachedToken? _current;
    private SharedFetch? _fetch;
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

        return FetchAsync(source, sourceName, call);
    }

    /// <summary>Drops the token if it is still this one (an API refused it).</summary>
    public void Drop(CachedToken refused) => Interlocked.CompareExchange(ref _current, null, refused);

    /// <summary>Drops whatever is there.</summary>
    public void Clear() => Volatile.Write(ref _current, null);

    private async Task<CachedToken> FetchAsync(Func<EngineCall, Task<CachedToken>> source, string sourceName, EngineCall call)
    {
        SharedFetch fetch = Join(source, call.Events);
        try
        {
            CachedToken token = await Waiting.ForAsync(fetch.Task, call.Stopping).ConfigureAwait(false);
            if (token.Left < UnusableBelow)
            {
                call.Events.Warning(nameof(Strings.WarnTokenShort), sourceName, Math.Max(0, (int)token.Left.TotalSeconds));
            }

            return token;
        }
        finally
        {
            Leave(fetch);
        }
    }

    private void RenewInBackground(Func<EngineCall, Task<CachedToken>> source)
    {
        lock (_gate)
        {
            // The server may hand the same token out again; asking at every call would not change that.
            if (_fetch is not null || DateTime.UtcNow < _nextRenewalUtc)
            {
                return;
            }

            _nextRenewalUtc = DateTime.UtcNow + s_pauseBetweenRenewals;
        }

        SharedFetch fetch = Join(source, NoEvents.Instance);

        // Its failure is nobody's: the token in hand is still good, and whoever needs the next one asks again.
        fetch.Task.ContinueWith(
            static (task, state) =>
            {
                _ = task.Exception;
                (TokenCell cell, SharedFetch own) = ((TokenCell, SharedFetch))state!;
                cell.Leave(own);
            },
            (this, fetch),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private SharedFetch Join(Func<EngineCall, Task<CachedToken>> source, IEngineEvents events)
    {
        SharedFetch fetch;
        lock (_gate)
        {
            if (_fetch is { } running && running.TryJoin())
            {
                return running;
            }

            fetch = new SharedFetch();
            _fetch = fetch;
        }

        fetch.Start(RunAsync(fetch, source, new EngineCall(events, fetch.Stopping)));
        return fetch;
    }

    private async Task<CachedToken> RunAsync(SharedFetch fetch, Func<EngineCall, Task<CachedToken>> source, EngineCall call)
    {
        try
        {
            CachedToken token = await source(call).ConfigureAwait(false);
            Volatile.Write(ref _current, token);
            return token;
        }
        finally
        {
            lock (_gate)
            {
                if (ReferenceEquals(_fetch, fetch))
                {
                    _fetch = null;
                }
            }
        }
    }

    private void Leave(SharedFetch fetch)
    {
        lock (_gate)
        {
            if (fetch.Leave() && ReferenceEquals(_fetch, fetch))
            {
                _fetch = null;
            }
        }
    }

    /// <summary>One request with all who wait for it. It is cancelled when the last of them has gone.</summary>
#pragma warning disable CA1001 // Its source of cancellation holds no timer and no handle, and waiters may outlive the request.
    private sealed class SharedFetch
#pragma warning restore CA1001
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource<CachedToken> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting = 1;

        public CancellationToken Stopping => _stop.Token;

        public Task<CachedToken> Task => _result.Task;

        // Under the cell's lock.
        public bool TryJoin()
        {
            if (_waiting == 0)
            {
                return false;
            }

            _waiting++;
            return true;
        }

        // Under the cell's lock.
        public bool Leave()
        {
            if (--_waiting > 0)
            {
                return false;
            }

            if (!Task.IsCompleted)
            {
                _stop.Cancel();
            }

            return true;
        }

        public void Start(Task<CachedToken> work) => work.ContinueWith(
            static (task, state) =>
            {
                TaskCompletionSource<CachedToken> result = (TaskCompletionSource<CachedToken>)state!;
                if (task.IsCanceled)
                {
                    result.TrySetCanceled();
                }
                else if (task.Exception is { } error)
                {
                    result.TrySetException(error.InnerExceptions);
                }
                else
                {
                    result.TrySetResult(task.Result);
                }
            },
            _result,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
