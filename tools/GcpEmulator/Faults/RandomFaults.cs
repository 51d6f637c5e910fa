namespace GcpEmulator;

/// <summary>What a random fault can do.</summary>
public enum RandomFaultKind
{
    /// <summary>503.</summary>
    Unavailable,

    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>The connection is closed before the request is looked at.</summary>
    Drop,

    /// <summary>The connection is reset while the request's body comes in.</summary>
    ResetRequest,

    /// <summary>Everything is done, the answer does not arrive.</summary>
    LoseAnswer,

    /// <summary>The answer's body ends too early.</summary>
    Truncate,

    /// <summary>The connection is reset in the answer's body.</summary>
    Reset,

    /// <summary>A bit of an object's content is wrong on its way out.</summary>
    Corrupt,

    /// <summary>A bit of an upload is wrong on its way in.</summary>
    CorruptRequest,

    /// <summary>The answer is late.</summary>
    Delay,

    /// <summary>A resumable upload persisted less than the client sent.</summary>
    ForgetBytes,

    /// <summary>A resumable session or multipart upload is gone.</summary>
    LoseSession,
}

/// <summary>Faults by chance, for long runs: the same seed gives the same sequence of draws, one a request.</summary>
public sealed class RandomFaults
{
    private readonly Random _random;
    private int _hits;

    /// <summary>Faults by chance.</summary>
    /// <param name="seed">Begins the sequence.</param>
    /// <param name="rate">Which part of the requests is hit, from 0 to 1.</param>
    public RandomFaults(int seed, double rate)
    {
        (Seed, Rate) = (seed, rate);
#pragma warning disable CA5394 // no secret: it has to be repeatable
        _random = new Random(seed);
#pragma warning restore CA5394
    }

    /// <summary>What the sequence began with.</summary>
    public int Seed { get; }

    /// <summary>Which part of the requests is hit, from 0 to 1.</summary>
    public double Rate { get; }

    /// <summary>What may happen; all of it by default.</summary>
    public IReadOnlyList<RandomFaultKind> Kinds { get; init; } = Enum.GetValues<RandomFaultKind>();

    /// <summary>Which paths may be hit.</summary>
    public string PathPattern { get; init; } = "*";

    /// <summary>Which service's requests may be hit.</summary>
    public EmulatedService Service { get; init; } = EmulatedService.Storage;

    /// <summary>How many requests it hits at most.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>How many requests it has hit so far.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>A fault for this request or none; under the lock of the list.</summary>
#pragma warning disable CA5394
    internal Fault? Draw(EmulatedService service, string path)
    {
        if (service != Service || Kinds.Count == 0 || _hits >= Limit || !Wildcard.IsMatch(PathPattern, path) || _random.NextDouble() >= Rate)
        {
            return null;
        }

        _hits++;
        long place = (long)Math.Pow(2, _random.NextDouble() * 23); // up to 8 MiB, small ones as likely as large ones
        return Kinds[_random.Next(Kinds.Count)] switch
        {
            RandomFaultKind.Unavailable => new Fault { Status = 503, Body = GoogleErrors.BackendError() },
            RandomFaultKind.TooManyRequests => new Fault { Status = 429, Body = GoogleErrors.StorageRateLimit() },
            RandomFaultKind.Drop => new Fault { Drop = true },
            RandomFaultKind.ResetRequest => new Fault { ResetRequestAfter = place },
            RandomFaultKind.LoseAnswer => new Fault { LoseAnswer = true },
            RandomFaultKind.Truncate => new Fault { TruncateAfter = place },
            RandomFaultKind.Reset => new Fault { ResetAfter = place },
            RandomFaultKind.Corrupt => new Fault { CorruptAt = place, ContentOnly = true },
            RandomFaultKind.CorruptRequest => new Fault { CorruptRequestAt = place + 8192 }, // behind the JSON of a multipart upload
            RandomFaultKind.Delay => new Fault { Delay = TimeSpan.FromMilliseconds(_random.Next(1, 200)) },
            RandomFaultKind.ForgetBytes => new Fault { ForgetBytes = place },
            _ => new Fault { LoseSession = true },
        };
    }
#pragma warning restore CA5394
}
