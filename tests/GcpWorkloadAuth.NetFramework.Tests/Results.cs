namespace GcpWorkloadAuth.NetFramework.Tests;

/// <summary>Runs checks, prints a line each and counts.</summary>
internal sealed class Results
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public async Task CheckAsync(string name, Func<Task> work)
    {
        try
        {
            Task running = Task.Run(work);
            if (await Task.WhenAny(running, Task.Delay(s_limit)).ConfigureAwait(false) != running)
            {
                throw new TimeoutException("not done after " + s_limit);
            }

            await running.ConfigureAwait(false);
            Passed++;
            Console.WriteLine("PASS " + name);
        }
        catch (Exception e)
        {
            Failed++;
            Console.WriteLine("FAIL " + name + ": " + e);
        }
    }

    public void Check(string name, Action work) =>
        CheckAsync(name, () =>
        {
            work();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
}

/// <summary>What a check demands.</summary>
internal static class Demand
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException("expected <" + expected + ">, not <" + actual + ">");
        }
    }

    public static void True(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }

    /// <summary>The failure of the catalogue with this id.</summary>
    public static async Task<GcpException> FailsAsync(string errorId, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (GcpException failure)
        {
            Equal(errorId, failure.ErrorId);
            True(failure.Message.Length > 0 && failure.Advice.Length > 0, "no message or no advice");
            return failure;
        }

        throw new InvalidOperationException("expected the failure " + errorId);
    }
}
