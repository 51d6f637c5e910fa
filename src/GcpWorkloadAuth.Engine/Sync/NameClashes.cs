using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>Names that cannot stand side by side in a folder: alike but for case or normal form, or a file where another has a folder.</summary>
internal static class NameClashes
{
    /// <summary>Pairs of names that clash, at most so many.</summary>
    /// <param name="names">All names, relative, with slashes.</param>
    /// <param name="isFolded">The file system takes capitals and normal forms for the same.</param>
    /// <param name="most">How many pairs are enough.</param>
    public static List<(string One, string Other)> Find(IEnumerable<string> names, bool isFolded, int most)
    {
        List<(string, string)> clashes = [];
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        Dictionary<string, string> folders = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string key = isFolded ? LocalNames.Key(name) : name;
            if (files.TryGetValue(key, out string? other) || folders.TryGetValue(key, out other))
            {
                clashes.Add((other, name));
            }
            else
            {
                files[key] = name;
                AddFolders(key, name, files, folders, clashes);
            }

            if (clashes.Count >= most)
            {
                break;
            }
        }

        return clashes;
    }

    private static void AddFolders(
        string key, string name, Dictionary<string, string> files, Dictionary<string, string> folders, List<(string, string)> clashes)
    {
        for (int slash = key.LastIndexOf('/'); slash > 0; slash = key.LastIndexOf('/', slash - 1))
        {
            string folder = key.Substring(0, slash);
            if (folders.ContainsKey(folder))
            {
                return;
            }

            folders[folder] = name;
            if (files.TryGetValue(folder, out string? file))
            {
                clashes.Add((file, name));
            }
        }
    }
}
