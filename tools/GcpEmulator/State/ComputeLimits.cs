using System.Collections.Concurrent;
using GcpEmulator.Compute;
using GcpEmulator.Http;

namespace GcpEmulator;

/// <summary>Rate limits ("Rate quotas": requests per minute and project) and quotas. Safe for use from several threads.</summary>
public sealed class ComputeLimits
{
    private readonly ConcurrentDictionary<(string Project, long Minute), int> _requests = new();
    private readonly ConcurrentDictionary<(string Project, string Region), int> _cpus = new();
    private readonly TimeProvider _clock;

    internal ComputeLimits(TimeProvider clock) => _clock = clock;

    /// <summary>How many requests a project may make in a minute of the clock; null for any number.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>True answers userRateLimitExceeded in place of rateLimitExceeded.</summary>
    public bool PerUser { get; set; }

    /// <summary>How many CPUs new instances may have in a region of a project (quota CPUS); null for any number.</summary>
    public void SetCpus(string region, int? limit, string project = "*")
    {
        if (limit is int cpus)
        {
            _cpus[(project, region)] = cpus;
        }
        else
        {
            _cpus.TryRemove((project, region), out _);
        }
    }

    internal int? Cpus(string project, string region) =>
        _cpus.TryGetValue((project, region), out int own) ? own : _cpus.TryGetValue(("*", region), out int all) ? all : null;

    /// <summary>Counts a request and refuses it if the minute's share is used up.</summary>
    internal void Check(EmulatedProject project)
    {
        if (RequestsPerMinute is not int limit)
        {
            return;
        }

        long minute = _clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (_requests.AddOrUpdate((project.Id, minute), 1, static (_, n) => n + 1) > limit)
        {
            throw new Refusal(Reply.Json(GoogleErrors.RateLimitExceeded(PerUser, projectNumber: project.Number), 403));
        }
    }

    internal void Clear()
    {
        _requests.Clear();
        _cpus.Clear();
        RequestsPerMinute = null;
        PerUser = false;
    }
}
