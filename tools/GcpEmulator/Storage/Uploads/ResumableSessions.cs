using System.Collections.Concurrent;

namespace GcpEmulator.Storage;

/// <summary>The resumable sessions. They live for a week ("Resumable uploads").</summary>
internal sealed class ResumableSessions(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);
    private readonly ConcurrentDictionary<string, ResumableSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Those that are neither finished nor cancelled.</summary>
    public int OpenCount => _sessions.Values.Count(s => s.IsOpen);

    public void Add(ResumableSession session) => _sessions[session.Id] = session;

    public ResumableSession? Find(string id) =>
        _sessions.TryGetValue(id, out ResumableSession? session) && clock.GetUtcNow() - session.StartedAt < Life ? session : null;

    public void Remove(ResumableSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            session.Writer.Dispose();
        }
    }

    public void Clear()
    {
        foreach (ResumableSession session in _sessions.Values)
        {
            Remove(session);
        }
    }
}
