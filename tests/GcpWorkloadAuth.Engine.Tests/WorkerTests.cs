namespace GcpWorkloadAuth.Engine.Tests;

public sealed class WorkerTests
{
    [Fact]
    public async Task Work_has_a_thread_of_its_own()
    {
        Assert.False(await Worker.RunAsync(() => Thread.CurrentThread.IsThreadPoolThread));
        Assert.Equal(42, await Worker.RunAsync(() => 42));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Worker.RunAsync<int>(() => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_work_alone()
    {
        TaskCompletionSource<int> work = new();
        using CancellationTokenSource stop = new();
        Task<int> stopped = Worker.JoinAsync(work.Task, stop.Token);
        Task<int> staying = Worker.JoinAsync(work.Task, CancellationToken.None);

        await stop.CancelAsync();

        OperationCanceledException end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.Equal(stop.Token, end.CancellationToken);
        Assert.False(staying.IsCompleted);
        work.SetResult(7);
        Assert.Equal(7, await staying);
        Assert.Equal(7, await Worker.JoinAsync(work.Task, CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_of_the_work_reaches_who_waits()
    {
        Task<int> failed = Task.FromException<int>(new InvalidOperationException("why"));

        Assert.Equal("why", (await Assert.ThrowsAsync<InvalidOperationException>(() => Worker.JoinAsync(failed, CancellationToken.None))).Message);
    }
}
