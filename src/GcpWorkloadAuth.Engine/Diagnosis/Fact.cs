using System;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Engine.Diagnosis;

/// <summary>Something that several checks need, asked for once: what came of it, and how long that took.</summary>
/// <typeparam name="T">What it is.</typeparam>
internal readonly struct Fact<T>
    where T : class
{
    private Fact(T? value, GcpException? failure, long milliseconds)
    {
        Value = value;
        Failure = failure;
        Milliseconds = milliseconds;
    }

    /// <summary>Null where it could not be had, or is of no use here.</summary>
    public T? Value { get; }

    /// <summary>Why it could not be had; null where it could, and where nobody asked.</summary>
    public GcpException? Failure { get; }

    public long Milliseconds { get; }

    /// <summary>Nobody was asked.</summary>
    public static Fact<T> None => default;

    public static Fact<T> Failed(GcpException failure) => new(null, failure, 0);

    /// <summary>Asks. Only the time-out and Ctrl+C come out as exceptions.</summary>
    public static async Task<Fact<T>> AskAsync(Func<Task<T>> ask)
    {
        CheckTimer timer = new();
        timer.Begin();
        try
        {
            return new Fact<T>(await ask().ConfigureAwait(false), null, timer.Milliseconds);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Fact<T>(null, Rows.Explain(e), timer.Milliseconds);
        }
    }
}
