using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Completers;

/// <summary>
/// Names for completion that had to be asked for: kept in memory for some minutes, a session apart from every other, and waited for no longer
/// than a hand on the Tab key does. What comes too late is there at the next try.
/// </summary>
internal static class NameCache
{
    /// <summary>How long a Tab key may take.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(800);

    /// <summary>How long an answer is worth waiting for that nobody waits for any more.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(5);

    /// <summary>How long a failure is not tried again: each try would cost the whole patience.</summary>
    private static readonly TimeSpan s_failureLife = TimeSpan.FromSeconds(15);

    private static readonly KeyValuePair<string, string>[] s_none = [];
    private static readonly ConditionalWeakTable<object, Dictionary<string, Entry>> s_sessions = new();

    /// <summary>The names; none where they cannot be had in time, for whatever reason.</summary>
    /// <param name="session">Whose names.</param>
    /// <param name="key">Which names.</param>
    /// <param name="ask">Asks for them. Runs on a thread of the pool.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Get(
        SessionRecord session, string key, Func<EngineCall, Task<IReadOnlyList<KeyValuePair<string, string>>>> ask)
    {
        // The engine is loaded there too, where this is the first that needs it.
        Task<IReadOnlyList<KeyValuePair<string, string>>> names = Task.Run(() => FindAsync(session, key, ask));
        names.Wait(s_patience);
        return names.IsCompleted ? names.Result : s_none;
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> FindAsync(
        SessionRecord session, string key, Func<EngineCall, Task<IReadOnlyList<KeyValuePair<string, string>>>> ask)
    {
        try
        {
            return await Find(EngineHost.Engine.GetKeeper(session), key, ask).Names.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever goes wrong: completion is no place for an error.
            return s_none;
        }
    }

    private static Entry Find(object keeper, string key, Func<EngineCall, Task<IReadOnlyList<KeyValuePair<string, string>>>> ask)
    {
        Dictionary<string, Entry> entries = s_sessions.GetOrCreateValue(keeper);
        lock (entries)
        {
            if (!entries.TryGetValue(key, out Entry? entry) || entry.IsOver)
            {
                entry = new Entry(ask);
                entries[key] = entry;
            }

            return entry;
        }
    }

    private sealed class Entry
    {
        private readonly DateTime _madeAt = DateTime.UtcNow;
        private volatile bool _failed;

        public Entry(Func<EngineCall, Task<IReadOnlyList<KeyValuePair<string, string>>>> ask) => Names = Task.Run(() => AskAsync(ask));

        public Task<IReadOnlyList<KeyValuePair<string, string>>> Names { get; }

        public bool IsOver => Names.IsCompleted && DateTime.UtcNow - _madeAt > (_failed ? s_failureLife : s_life);

        private async Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(
            Func<EngineCall, Task<IReadOnlyList<KeyValuePair<string, string>>>> ask)
        {
            try
            {
                using CancellationTokenSource limit = new(s_limit);
                return await ask(new EngineCall(NoEvents.Instance, limit.Token)).ConfigureAwait(false);
            }
            catch (Exception)
            {
                _failed = true;
                return s_none;
            }
        }
    }
}
