using System;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// How often and how long a transfer tries again: counted anew whenever something arrived, so that a long one survives many breaks while
/// one that gets nowhere ends.
/// </summary>
internal sealed class Patience
{
    private const int MaxAttempts = 6;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);
    private Backoff _backoff = Make();

    /// <summary>1 for the first attempt since something arrived.</summary>
    public int Attempt { get; private set; } = 1;

    public void Progressed()
    {
        if (Attempt > 1)
        {
            Attempt = 1;
            _backoff = Make();
        }
    }

    /// <summary>
    /// Waits before the next try after a failure that is worth one. Else throws what it means to the user.
    /// </summary>
    public async Task WaitAsync(Exception failure, bool isRepeatable, EngineCall call)
    {
        GcpException meaning = MeaningOf(failure);
        RefusedException? refused = failure as RefusedException;
        bool isWorthIt = isRepeatable && (refused is null ? failure is TransportFailure { Kind: not TransportFailureKind.TooLarge } : refused.Refusal.IsTransient);
        if (refused is { Refusal.Status: 429 or 503 })
        {
            TransferGate.Shared.Halve();
        }

        if (!isWorthIt || Attempt >= MaxAttempts || !await _backoff.WaitAsync(refused?.RetryAfter, call.Stopping).ConfigureAwait(false))
        {
            throw meaning;
        }

        Attempt++;
    }

    public static GcpException MeaningOf(Exception failure) => failure switch
    {
        RefusedException refused => refused.Failure,
        LocalFailure local => local.Failure,
        GcpException known => known,
        TransportFailure broken => Failures.Of(broken, 0),
        _ => throw new InvalidOperationException("no failure of a transfer", failure),
    };

    private static Backoff Make() => new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(16), s_deadline);
}
