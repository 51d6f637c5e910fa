using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Engine.Api;

namespace GcpWorkloadAuth.Engine.Http;

/// <summary>One <see cref="ThrottleGate"/> a project and endpoint, shared by all that works with it.</summary>
/// <param name="utcNow">The time; null for the clock.</param>
/// <param name="delay">Waits; null for a timer.</param>
internal sealed class ThrottleGates(Func<DateTime>? utcNow = null, Func<TimeSpan, CancellationToken, Task>? delay = null)
{
    private const string Projects = "projects/";
    private readonly ConcurrentDictionary<string, ThrottleGate> _gates = new(StringComparer.Ordinal);

    /// <summary>The process's own.</summary>
    public static ThrottleGates Shared { get; } = new();

    /// <summary>The gate that a request passes; null where its service has no such throttle.</summary>
    public ThrottleGate? Of(ApiRequest request, Uri uri) => request.Method.Service == ApiService.Compute && ProjectOf(request) is { } project
        ? _gates.GetOrAdd(uri.Authority + "/" + project, _ => new ThrottleGate(utcNow ?? (static () => DateTime.UtcNow), delay ?? Task.Delay))
        : null;

    /// <summary>"projects/NAME/..." gives NAME.</summary>
    public static string? ProjectOf(ApiRequest request)
    {
        string path = request.PathAndQuery;
        if (!path.StartsWith(Projects, StringComparison.Ordinal))
        {
            return null;
        }

        int end = path.IndexOfAny(['/', '?'], Projects.Length);
        return end < 0 ? path.Substring(Projects.Length) : path.Substring(Projects.Length, end - Projects.Length);
    }
}
