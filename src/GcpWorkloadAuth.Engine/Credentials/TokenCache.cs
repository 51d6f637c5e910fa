using System;
using System.Collections.Concurrent;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>
/// The one token cache of the process, in memory only. The key is the whole recipe, so that nobody gets a stronger token than
/// their own recipe earns; secrets take part in it as digests.
/// </summary>
internal static class TokenCache
{
    private static readonly ConcurrentDictionary<string, TokenCell> s_cells = new(StringComparer.Ordinal);

    public static TokenCell Cell(string key) => s_cells.GetOrAdd(key, static _ => new TokenCell());

    /// <summary>The cell of a key if there is one; none is made.</summary>
    public static TokenCell? TryCell(string key) => s_cells.TryGetValue(key, out TokenCell? cell) ? cell : null;

    /// <summary>Drops every token whose key begins so.</summary>
    public static void Forget(string keyPrefix)
    {
        foreach (string key in s_cells.Keys)
        {
            if (key.StartsWith(keyPrefix, StringComparison.Ordinal) && s_cells.TryRemove(key, out TokenCell? cell))
            {
                cell.Clear();
            }
        }
    }
}
