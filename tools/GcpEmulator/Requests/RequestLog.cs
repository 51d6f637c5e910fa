using GcpEmulator.Http;

namespace GcpEmulator;

/// <summary>Every request that reached the emulator. Safe for use from several threads.</summary>
public sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly int _capacity;
    private List<LoggedRequest> _entries = [];
    private long _sequence;
    private TaskCompletionSource _changed = NewSignal();

    internal RequestLog(TimeProvider clock, int capacity) => (_clock, _capacity) = (clock, capacity);

    /// <summary>A copy of what was logged so far, oldest first (the last 100,000 requests at least, see <see cref="EmulatorOptions.RequestLogCapacity"/>).</summary>
    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Forgets all requests and starts counting at 1 again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries = [];
            _sequence = 0;
        }
    }

    /// <summary>The number of requests.</summary>
    public int Count() => Count(static _ => true);

    /// <summary>The number of requests that meet a condition.</summary>
    public int Count(Func<LoggedRequest, bool> predicate)
    {
        lock (_gate)
        {
            return _entries.Count(predicate);
        }
    }

    /// <summary>The number of requests to a service, with a path that matches a pattern (* stands for anything).</summary>
    public int Count(EmulatedService service, string pathPattern = "*") =>
        Count(r => r.Service == service && Wildcard.IsMatch(pathPattern, r.Path));

    /// <summary>Waits until a request meets a condition, and returns the first that does.</summary>
    public async Task<LoggedRequest> WaitForAsync(Func<LoggedRequest, bool> predicate, CancellationToken ct = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_entries.FirstOrDefault(predicate) is LoggedRequest found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(ct);
        }
    }

    internal LoggedRequest Begin(EmulatedService service, EmulatedRequest request)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Headers)
        {
            headers[name] = value.ToString();
        }

        lock (_gate)
        {
            LoggedRequest entry = new(++_sequence, service, request.Method, request.Path, request.Query, headers, _clock.GetUtcNow());
            if (_entries.Count >= 2 * _capacity && _capacity > 0)
            {
                _entries.RemoveRange(0, _capacity);
            }

            if (_capacity > 0)
            {
                _entries.Add(entry);
                Signal();
            }

            return entry;
        }
    }

    internal void Finish(LoggedRequest entry, int? status)
    {
        lock (_gate)
        {
            entry.Status = status;
            entry.FinishedAt ??= _clock.GetUtcNow();
            Signal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }
}
