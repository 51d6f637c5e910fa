using System.Diagnostics;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Tests.Support;

namespace GcpWorkloadAuth.Engine.Tests.Http;

public sealed class BackoffTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_pauses_grow_up_to_the_longest_and_are_jittered()
    {
        Backoff backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(80), s_long);
        double[] pauses = new double[5];
        for (int i = 0; i < pauses.Length; i++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            Assert.True(await backoff.WaitAsync(null, TestContext.Current.CancellationToken));
            pauses[i] = clock.Elapsed.TotalMilliseconds;
        }

        // Half of the pause at least; what comes on top is the machine's.
        double[] least = [10, 20, 40, 40, 40];
        Assert.All(pauses.Zip(least), pair => Assert.InRange(pair.First, pair.Second - 2, 5000));
    }

    [Fact]
    public async Task What_the_server_asks_for_is_waited()
    {
        Backoff backoff = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), s_long);
        Stopwatch clock = Stopwatch.StartNew();

        Assert.True(await backoff.WaitAsync(TimeSpan.FromMilliseconds(150), TestContext.Current.CancellationToken));

        Assert.InRange(clock.ElapsedMilliseconds, 140, 5000);
    }

    [Fact]
    public async Task What_the_server_asks_for_in_the_past_changes_nothing() =>
        Assert.True(await new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), s_long)
            .WaitAsync(TimeSpan.FromHours(-1), TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_pause_beyond_the_deadline_is_not_begun()
    {
        Stopwatch clock = Stopwatch.StartNew();

        Assert.False(await Short().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.False(Short().Wait(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.False(await new Backoff(s_long, s_long, TimeSpan.FromSeconds(1)).WaitAsync(null, TestContext.Current.CancellationToken));

        Assert.True(clock.ElapsedMilliseconds < 900, "waited");
    }

    [Fact]
    public async Task What_is_left_of_the_deadline_shrinks_and_is_never_negative()
    {
        Backoff backoff = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(60));
        TimeSpan before = backoff.Left;
        await Task.Delay(80, TestContext.Current.CancellationToken);

        Assert.InRange(before, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(60));
        Assert.Equal(TimeSpan.Zero, backoff.Left);
        Assert.True(backoff.Elapsed >= TimeSpan.FromMilliseconds(60));
        Assert.False(await backoff.WaitAsync(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stopping_ends_either_wait_at_once()
    {
        Backoff backoff = new(s_long, s_long, TimeSpan.FromDays(1));
        using CancellationTokenSource stop = new(100);
        Stopwatch clock = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backoff.WaitAsync(null, stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Worker.RunAsync(() => backoff.Wait(null, stop.Token)));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), "waited");
    }

    [Fact]
    public async Task The_blocking_wait_waits_too()
    {
        Stopwatch clock = Stopwatch.StartNew();

        Assert.True(await Worker.RunAsync(() => new Backoff(TimeSpan.FromMilliseconds(100), s_long, s_long).Wait(null, CancellationToken.None)));

        Assert.InRange(clock.ElapsedMilliseconds, 45, 5000);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    public void Retry_after_in_seconds(string value, int seconds)
    {
        using HttpReply reply = Replies.Of(503, string.Empty, null, ("Retry-After", value));

        Assert.Equal(TimeSpan.FromSeconds(seconds), reply.RetryAfter);
    }

    [Fact]
    public void Retry_after_as_a_date()
    {
        using HttpReply reply = Replies.Of(503, string.Empty, null, ("Retry-After", DateTime.UtcNow.AddSeconds(90).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.InRange(reply.RetryAfter!.Value.TotalSeconds, 80, 91);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    [InlineData("")]
    [InlineData(null)]
    public void A_retry_after_that_says_nothing_is_none(string? value)
    {
        using HttpReply reply = value is null ? Replies.Of(503, string.Empty) : Replies.Of(503, string.Empty, null, ("Retry-After", value));

        Assert.Null(reply.RetryAfter);
    }

    private static Backoff Short() => new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
}
