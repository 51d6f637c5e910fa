using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Credentials;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>A source of tokens that answers when and what a test says, and counts how often it is asked.</summary>
internal sealed class TokenSource
{
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<CachedToken>> _open = new();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What the requests so far were told to stop by.</summary>
    public List<CancellationToken> Stops { get; } = [];

    public Task<CachedToken> FetchAsync(EngineCall call)
    {
        TaskCompletionSource<CachedToken> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _requests++;
            Stops.Add(call.Stopping);
            _open.Enqueue(answer);
            _asked.TrySetResult();
        }

        call.Stopping.Register(() => answer.TrySetCanceled(call.Stopping));
        return answer.Task;
    }

    public void Answer(CachedToken token) => Take().SetResult(token);

    /// <summary>Puts a token into a cell, whatever its life.</summary>
    public void FetchAndAnswer(TokenCell cell, CachedToken token)
    {
        Task<CachedToken> waiting = cell.GetAsync(true, FetchAsync, "source", new EngineCall(NoEvents.Instance, CancellationToken.None));
        Answer(token);
        Assert.Same(token, waiting.GetAwaiter().GetResult());
    }

    public void Fail(Exception failure) => Take().SetException(failure);

    /// <summary>Until a request that nobody has answered yet is there.</summary>
    public async Task AskedAsync()
    {
        while (true)
        {
            Task asked;
            lock (_gate)
            {
                if (_open.Count > 0)
                {
                    return;
                }

                _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                asked = _asked.Task;
            }

            await asked.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A token with so much life left.</summary>
    public static CachedToken Token(string value, double secondsLeft) => new(value, "Bearer", TimeSpan.FromSeconds(secondsLeft));

    private TaskCompletionSource<CachedToken> Take()
    {
        lock (_gate)
        {
            return _open.Dequeue();
        }
    }
}
