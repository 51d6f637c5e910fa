using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Credentials;

/// <summary>One request serves all who wait; tokens are renewed in time and never handed out too late.</summary>
public sealed class TokenCellTests
{
    private readonly TokenCell _cell = new();
    private readonly TokenSource _source = new();
    private readonly Events _events = new();

    [Fact]
    public async Task One_request_serves_fifty_who_ask_at_once()
    {
        using Barrier start = new(50);
        Task<CachedToken>[] waiters = [.. Enumerable.Range(0, 50).Select(_ => Worker.RunAsync(() =>
        {
            start.SignalAndWait();
            return GetAsync();
        }).Unwrap())];
        await _source.AskedAsync();
        await Task.Delay(50, TestContext.Current.CancellationToken);

        _source.Answer(TokenSource.Token("a", 3600));

        Assert.All(await Task.WhenAll(waiters), token => Assert.Equal("a", token.Value));
        Assert.Equal(1, _source.Requests);
    }

    [Theory]
    [InlineData(3599)]
    [InlineData(226)]
    public async Task A_good_token_is_handed_out_again_without_a_request(double left)
    {
        await FillAsync(TokenSource.Token("a", left));

        Task<CachedToken> hit = GetAsync();

        Assert.True(hit.IsCompletedSuccessfully);
        Assert.Same(_cell.Current!.AsTask, hit);
        Assert.Equal(1, _source.Requests);
    }

    [Theory]
    [InlineData(224)]
    [InlineData(61)]
    public async Task A_token_with_little_life_is_handed_out_while_it_is_renewed(double left)
    {
        await FillAsync(TokenSource.Token("old", left));

        Assert.Equal("old", (await GetAsync()).Value);
        await _source.AskedAsync();
        Assert.Equal("old", (await GetAsync()).Value);
        Assert.Equal(2, _source.Requests);
        _source.Answer(TokenSource.Token("new", 3600));

        await EventuallyAsync(() => _cell.Current!.Value == "new");
        Assert.Equal("new", (await GetAsync()).Value);
        Assert.Equal(2, _source.Requests);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(0)]
    [InlineData(-100)]
    public async Task A_token_with_less_than_a_minute_is_not_handed_out(double left)
    {
        _source.FetchAndAnswer(_cell, TokenSource.Token("old", left));

        Task<CachedToken> waiting = GetAsync();
        Assert.False(waiting.IsCompleted);
        await _source.AskedAsync();
        _source.Answer(TokenSource.Token("new", 3600));

        Assert.Equal("new", (await waiting).Value);
    }

    [Fact]
    public async Task A_fresh_token_with_less_than_a_minute_is_handed_out_with_a_warning()
    {
        Task<CachedToken> waiting = GetAsync();
        _source.Answer(TokenSource.Token("short", 30));

        Assert.Equal("short", (await waiting).Value);
        (string id, object[] arguments) = Assert.Single(_events.Warnings);
        Assert.Equal("WarnTokenShort", id);
        Assert.Equal("the source", arguments[0]);
        Assert.InRange((int)arguments[1], 28, 30);
    }

    [Fact]
    public async Task A_fresh_token_that_is_already_over_warns_of_no_negative_time()
    {
        Task<CachedToken> waiting = GetAsync();
        _source.Answer(TokenSource.Token("dead", -5));

        await waiting;
        Assert.Equal(0, Assert.Single(_events.Warnings).Arguments[1]);
    }

    [Fact]
    public async Task A_fresh_token_with_more_than_a_minute_warns_of_nothing()
    {
        await FillAsync(TokenSource.Token("a", 120));

        Assert.Empty(_events.Warnings);
    }

    [Fact]
    public async Task The_same_token_again_is_accepted_and_not_asked_for_at_every_call()
    {
        await FillAsync(TokenSource.Token("same", 200));
        await GetAsync();
        await _source.AskedAsync();
        _source.Answer(TokenSource.Token("same", 200));
        await EventuallyAsync(() => _source.Requests == 2);

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("same", (await GetAsync()).Value);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, _source.Requests);
    }

    [Fact]
    public async Task A_renewal_that_fails_in_the_background_hurts_nobody()
    {
        await FillAsync(TokenSource.Token("old", 100));
        await GetAsync();
        await _source.AskedAsync();

        _source.Fail(Errors.NoServiceAccount());

        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal("old", (await GetAsync()).Value);
        Assert.Empty(_events.Warnings);
    }

    [Fact]
    public async Task Force_asks_although_the_token_is_good()
    {
        await FillAsync(TokenSource.Token("a", 3600));

        Task<CachedToken> forced = GetAsync(force: true);
        Assert.False(forced.IsCompleted);
        Task<CachedToken> unforced = GetAsync();
        Assert.Equal("a", (await unforced).Value);
        _source.Answer(TokenSource.Token("b", 3600));

        Assert.Equal("b", (await forced).Value);
        Assert.Equal("b", (await GetAsync()).Value);
        Assert.Equal(2, _source.Requests);
    }

    [Fact]
    public async Task A_failure_reaches_all_who_wait_and_is_not_kept()
    {
        Task<CachedToken>[] waiters = [GetAsync(), GetAsync(), GetAsync()];
        _source.Fail(Errors.NoServiceAccount());
        foreach (Task<CachedToken> waiter in waiters)
        {
            Assert.Equal("NoServiceAccount", (await Assert.ThrowsAsync<GcpException>(() => waiter)).ErrorId);
        }

        Assert.Equal(1, _source.Requests);
        Assert.Null(_cell.Current);
        await FillAsync(TokenSource.Token("a", 3600));
        Assert.Equal(2, _source.Requests);
    }

    [Fact]
    public async Task A_failed_force_keeps_the_token_that_was_there()
    {
        await FillAsync(TokenSource.Token("a", 3600));
        Task<CachedToken> forced = GetAsync(force: true);
        _source.Fail(Errors.NoServiceAccount());
        await Assert.ThrowsAsync<GcpException>(() => forced);

        Assert.Equal("a", (await GetAsync()).Value);
    }

    [Fact]
    public async Task Any_exception_of_the_source_reaches_the_one_who_waits_and_blocks_nobody_after()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _cell.GetAsync(false, _ => throw new InvalidOperationException("at once"), "s", _events.Call()));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _cell.GetAsync(false, _ => Task.FromException<CachedToken>(new InvalidOperationException("later")), "s", _events.Call()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _cell.GetAsync(false, _ => Task.FromCanceled<CachedToken>(new CancellationToken(true)), "s", _events.Call()));

        await FillAsync(TokenSource.Token("a", 3600));
    }

    [Fact]
    public async Task A_refused_token_is_dropped_only_while_it_is_still_there()
    {
        CachedToken first = TokenSource.Token("a", 3600);
        CachedToken second = TokenSource.Token("b", 3600);
        await FillAsync(first);

        _cell.Drop(second);
        Assert.Same(first, _cell.Current);
        _cell.Drop(first);
        Assert.Null(_cell.Current);
        await FillAsync(second);
        _cell.Drop(first);
        Assert.Same(second, _cell.Current);
        _cell.Clear();
        Assert.Null(_cell.Current);
    }

    private Task<CachedToken> GetAsync(bool force = false) => _cell.GetAsync(force, _source.FetchAsync, "the source", _events.Call());

    private async Task FillAsync(CachedToken token)
    {
        Task<CachedToken> waiting = GetAsync();
        _source.Answer(token);
        Assert.Same(token, await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (int i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}
