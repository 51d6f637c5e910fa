using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// How many requests with contents are under way in the process. When the server says that it is too much (429, 503) half of them remain;
/// with every so many that succeed it becomes one more again.
/// </summary>
internal sealed class TransferGate
{
    private static readonly TimeSpan s_once = TimeSpan.FromSeconds(1);
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private readonly int _most;
    private int _limit;
    private int _running;
    private int _successes;
    private DateTime _halved = DateTime.MinValue;

    public TransferGate(int most) => _most = _limit = most;

    /// <summary>The process's own.</summary>
    public static TransferGate Shared { get; } = new(32);

    /// <summary>How many may be under way now.</summary>
    public int Limit
    {
        get
        {
            lock (_gate)
            {
                return _limit;
            }
        }
    }

    /// <summary>Waits for a place; <see cref="Leave"/> gives it back.</summary>
    public Task EnterAsync(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> place;
        lock (_gate)
        {
            if (_running < _limit && _waiting.Count == 0)
            {
                _running++;
                return Task.CompletedTask;
            }

            place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        return WaitAsync(place, stopping);
    }

    public void Leave(bool succeeded)
    {
        lock (_gate)
        {
            _running--;
            if (succeeded && _limit < _most && ++_successes >= _limit)
            {
                _successes = 0;
                _limit++;
            }

            LetIn();
        }
    }

    /// <summary>The server is overloaded. Those that hear it at the same time count once.</summary>
    public void Halve()
    {
        lock (_gate)
        {
            DateTime now = DateTime.UtcNow;
            if (now - _halved >= s_once)
            {
                _halved = now;
                _limit = Math.Max(1, _limit / 2);
                _successes = 0;
            }
        }
    }

    private void LetIn()
    {
        while (_running < _limit && _waiting.Count > 0)
        {
            if (_waiting.Dequeue().TrySetResult(true))
            {
                _running++;
            }
        }
    }

    private static async Task WaitAsync(TaskCompletionSource<bool> place, CancellationToken stopping)
    {
        using CancellationTokenRegistration registration = stopping.Register(
            static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), place);
        await place.Task.ConfigureAwait(false);
    }
}
