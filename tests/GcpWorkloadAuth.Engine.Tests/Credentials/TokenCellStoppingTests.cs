using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

/// <summary>One who stops waiting stops alone; the last one takes the request along.</summary>
public sealed class TokenCellStoppingTests
{
    private readonly TokenCell _cell = new();
    private readonly TokenSource _source = new();

    [Fact]
    public async Task One_stops_and_the_others_still_get_it()
    {
        using CancellationTokenSource stop = new();
        Task<CachedToken> first = GetAsync(stop.Token);
        Task<CachedToken> second = GetAsync(CancellationToken.None);
        Task<CachedToken> third = GetAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(stop.Token, stopped.CancellationToken);
        Assert.False(second.IsCompleted);
        Assert.False(_source.Stops[0].IsCancellationRequested);
        _source.Answer(TokenSource.Token("a", 3600));
        Assert.Equal(["a", "a"], (await Task.WhenAll(second, third)).Select(t => t.Value));
        Assert.Equal(1, _source.Requests);
    }

    [Fact]
    public async Task All_stop_and_the_request_stops()
    {
        using CancellationTokenSource one = new();
        using CancellationTokenSource two = new();
        Task<CachedToken>[] waiters = [GetAsync(one.Token), GetAsync(two.Token)];

        await one.CancelAsync();
        Assert.False(_source.Stops[0].IsCancellationRequested);
        await two.CancelAsync();

        Assert.True(_source.Stops[0].IsCancellationRequested);
        foreach (Task<CachedToken> waiter in waiters)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        }

        Assert.Null(_cell.Current);
    }

    [Fact]
    public async Task Who_asks_after_all_have_stopped_starts_anew()
    {
        using CancellationTokenSource stop = new();
        Task<CachedToken> stopped = GetAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        // The first request is already cancelled; its end must not reach the new one.
        Task<CachedToken> next = GetAsync(CancellationToken.None);
        Assert.Equal(2, _source.Requests);
        await Task.Delay(30, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        Assert.False(_source.Stops[1].IsCancellationRequested);
    }

    [Fact]
    public async Task A_request_that_ends_although_all_have_left_still_fills_the_cell()
    {
        TaskCompletionSource<CachedToken> deaf = new();
        using CancellationTokenSource stop = new();
        Task<CachedToken> stopped = _cell.GetAsync(false, _ => deaf.Task, "s", new Events().Call(stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        deaf.SetResult(TokenSource.Token("late", 3600));

        Assert.Equal("late", _cell.Current!.Value);
        Assert.Equal("late", (await GetAsync(CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Who_had_stopped_before_asking_waits_for_nothing()
    {
        Task<CachedToken> stopped = GetAsync(new CancellationToken(true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.All(_source.Stops, stop => Assert.True(stop.IsCancellationRequested));
    }

    [Fact]
    public async Task Nobody_who_stops_takes_a_good_token_away()
    {
        Task<CachedToken> waiting = GetAsync(CancellationToken.None);
        _source.Answer(TokenSource.Token("a", 3600));
        await waiting;

        Assert.Equal("a", (await GetAsync(new CancellationToken(true))).Value);
    }

    [Fact]
    public async Task A_renewal_in_the_background_is_stopped_by_nobody()
    {
        using CancellationTokenSource stop = new();
        _source.FetchAndAnswer(_cell, TokenSource.Token("old", 100));
        Assert.Equal("old", (await GetAsync(stop.Token)).Value);
        await _source.AskedAsync();

        await stop.CancelAsync();

        Assert.False(_source.Stops[^1].IsCancellationRequested);
        _source.Answer(TokenSource.Token("new", 3600));
        for (int i = 0; i < 500 && _cell.Current!.Value != "new"; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal("new", _cell.Current!.Value);
    }

    [Fact]
    public async Task Stopping_and_answering_at_once_leaves_nobody_waiting()
    {
        for (int round = 0; round < 200; round++)
        {
            TokenCell cell = new();
            TokenSource source = new();
            using CancellationTokenSource stop = new();
            Task<CachedToken> stopping = cell.GetAsync(false, source.FetchAsync, "s", new Events().Call(stop.Token));
            Task<CachedToken> staying = cell.GetAsync(false, source.FetchAsync, "s", new Events().Call(CancellationToken.None));

            await Task.WhenAll(
                Task.Run(stop.Cancel, TestContext.Current.CancellationToken),
                Task.Run(() => source.Answer(TokenSource.Token("a", 3600)), TestContext.Current.CancellationToken));

            Assert.Equal("a", (await staying.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Value);
            await ((Task)stopping).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            Assert.Equal(1, source.Requests);
        }
    }

    private Task<CachedToken> GetAsync(CancellationToken stopping) =>
        _cell.GetAsync(false, _source.FetchAsync, "the source", new Events().Call(stopping));
}
