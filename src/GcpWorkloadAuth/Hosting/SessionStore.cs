using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Threading;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// The sessions of this process. Each map is immutable and swapped atomically, so that runspaces may read and write at once.
/// A name is looked for in this runspace first, then in the process; nothing connected means the default search.
/// </summary>
internal static class SessionStore
{
    private static readonly SessionRecord s_search = new();
    private static readonly ConditionalWeakTable<Runspace, SessionMap> s_runspaces = new();
    private static readonly SessionMap s_process = new();

    /// <summary>The session cmdlets use when none is named.</summary>
    public static SessionRecord Current =>
        ThisRunspace()?.Selected ?? s_process.Selected ?? Find(SessionRecord.DefaultName)!;

    /// <summary>The session of that name, or null.</summary>
    public static SessionRecord? Find(string name) => ThisRunspace()?.Find(name) ?? s_process.Find(name) ?? Implicit(name);

    /// <summary>All sessions that this runspace can name, its own hiding the process's of the same name.</summary>
    /// <param name="withHidden">The hidden ones too.</param>
    public static IReadOnlyList<SessionRecord> All(bool withHidden = false)
    {
        List<SessionRecord> all = new();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        if (ThisRunspace() is { } own)
        {
            Add(own);
        }

        Add(s_process);
        if (seen.Add(SessionRecord.DefaultName))
        {
            all.Add(s_search);
        }

        return all;

        void Add(SessionMap map)
        {
            foreach (SessionRecord record in map.Records)
            {
                if (seen.Add(record.Name) || withHidden)
                {
                    all.Add(record);
                }
            }
        }
    }

    /// <summary>True where this runspace has sessions of its own.</summary>
    public static bool RunspaceHasOwn => ThisRunspace() is { IsEmpty: false };

    /// <summary>Makes a partition name that no other runspace has.</summary>
    public static string NewPartition() => Guid.NewGuid().ToString("N");

    /// <summary>Stores the record in the map its partition belongs to and makes it the one used there.</summary>
    public static void Put(SessionRecord record) => MapFor(record).Put(record, select: true);

    /// <summary>Replaces a record by a changed one; false where somebody has meanwhile replaced or removed it.</summary>
    public static bool Replace(SessionRecord old, SessionRecord changed)
    {
        if (ReferenceEquals(old, s_search))
        {
            // The default search has been given settings of its own: from now on it is a session like any other.
            return s_process.Replace(null, changed) || s_process.Replace(old, changed);
        }

        return MapFor(old).Replace(old, changed);
    }

    /// <summary>Makes the record the one that is used in its map; where that is the process's, here too.</summary>
    public static void Select(SessionRecord record)
    {
        MapFor(record).Put(record, select: true);
        if (record.Partition.Length == 0)
        {
            ThisRunspace()?.Unselect();
        }
    }

    /// <summary>Removes the record; true where it was there.</summary>
    public static bool Remove(SessionRecord record) => MapFor(record).Remove(record.Name);

    /// <summary>Removes every session of this runspace and returns them.</summary>
    public static IReadOnlyList<SessionRecord> ClearRunspace() =>
        ThisRunspace()?.Clear() ?? (IReadOnlyList<SessionRecord>)Array.Empty<SessionRecord>();

    private static SessionRecord? Implicit(string name) =>
        string.Equals(name, SessionRecord.DefaultName, StringComparison.OrdinalIgnoreCase) ? s_search : null;

    private static SessionMap? ThisRunspace() =>
        Runspace.DefaultRunspace is { } runspace && s_runspaces.TryGetValue(runspace, out SessionMap map) ? map : null;

    private static SessionMap MapFor(SessionRecord record)
    {
        if (record.Partition.Length == 0)
        {
            return s_process;
        }

        return s_runspaces.GetValue(Runspace.DefaultRunspace, static _ => new SessionMap());
    }

    private sealed class SessionMap
    {
        private static readonly State s_empty = new(new Dictionary<string, SessionRecord>(0), null);
        private State _state = s_empty;

        public bool IsEmpty => Volatile.Read(ref _state).Records.Count == 0;

        public ICollection<SessionRecord> Records => Volatile.Read(ref _state).Records.Values;

        public SessionRecord? Selected
        {
            get
            {
                State state = Volatile.Read(ref _state);
                return state.Selected is null ? null : state.Records[state.Selected];
            }
        }

        public SessionRecord? Find(string name) =>
            Volatile.Read(ref _state).Records.TryGetValue(name, out SessionRecord record) ? record : null;

        public void Put(SessionRecord record, bool select) => Change(state =>
        {
            Dictionary<string, SessionRecord> records = Copy(state);
            records[record.Name] = record;
            return new State(records, select ? record.Name : state.Selected);
        });

        /// <summary>Puts the record in the place of the old one (null for none); false where that is not there.</summary>
        public bool Replace(SessionRecord? old, SessionRecord record)
        {
            bool replaced = false;
            Change(state =>
            {
                state.Records.TryGetValue(record.Name, out SessionRecord? present);
                replaced = ReferenceEquals(present, old);
                if (!replaced)
                {
                    return state;
                }

                Dictionary<string, SessionRecord> records = Copy(state);
                records[record.Name] = record;
                return new State(records, state.Selected);
            });
            return replaced;
        }

        public void Unselect() => Change(state => new State(state.Records, null));

        public bool Remove(string name)
        {
            bool removed = false;
            Change(state =>
            {
                Dictionary<string, SessionRecord> records = Copy(state);
                removed = records.Remove(name);
                bool wasSelected = string.Equals(state.Selected, name, StringComparison.OrdinalIgnoreCase);
                return new State(records, wasSelected ? null : state.Selected);
            });
            return removed;
        }

        public List<SessionRecord> Clear()
        {
            State old = Interlocked.Exchange(ref _state, s_empty);
            return new List<SessionRecord>(old.Records.Values);
        }

        private static Dictionary<string, SessionRecord> Copy(State state)
        {
            Dictionary<string, SessionRecord> copy = new(StringComparer.OrdinalIgnoreCase);
            foreach (KeyValuePair<string, SessionRecord> entry in state.Records)
            {
                copy[entry.Key] = entry.Value;
            }

            return copy;
        }

        private void Change(Func<State, State> change)
        {
            State before;
            State after;
            do
            {
                before = Volatile.Read(ref _state);
                after = change(before);
            }
            while (!ReferenceEquals(Interlocked.CompareExchange(ref _state, after, before), before));
        }

        private sealed class State
        {
            public State(Dictionary<string, SessionRecord> records, string? selected)
            {
                Records = records;
                Selected = selected;
            }

            public Dictionary<string, SessionRecord> Records { get; }

            public string? Selected { get; }
        }
    }
}
