using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace GcpWorkloadAuth.Hosting;

/// <summary>The files in a folder and in the folders in it, as they are found. Folders that are links are left out: they may lead in a circle.</summary>
internal sealed class FolderFiles
{
    private readonly string _root;
    private readonly WildcardPattern[] _include;
    private readonly WildcardPattern[] _exclude;
    private readonly Action<string> _skipped;

    /// <param name="root">The folder.</param>
    /// <param name="include">Only what matches one of these by its name or its path below the folder; null for all.</param>
    /// <param name="exclude">Nothing that matches one of these.</param>
    /// <param name="skipped">Told of folders that are links.</param>
    public FolderFiles(string root, string[]? include, string[]? exclude, Action<string> skipped)
    {
        _root = root;
        _include = Patterns(include);
        _exclude = Patterns(exclude);
        _skipped = skipped;
    }

    public IEnumerable<string> All()
    {
        Stack<string> folders = new();
        folders.Push(_root);
        while (folders.Count > 0)
        {
            string folder = folders.Pop();
            foreach (string file in List(folder, Directory.GetFiles))
            {
                if (IsWanted(file))
                {
                    yield return file;
                }
            }

            string[] inner = List(folder, Directory.GetDirectories);
            for (int i = inner.Length - 1; i >= 0; i--)
            {
                if ((File.GetAttributes(inner[i]) & FileAttributes.ReparsePoint) != 0)
                {
                    _skipped(inner[i]);
                }
                else
                {
                    folders.Push(inner[i]);
                }
            }
        }
    }

    private bool IsWanted(string file)
    {
        string name = Path.GetFileName(file);
        string path = ObjectPaths.NameOf(_root, file);
        return (_include.Length == 0 || Matches(_include, name, path)) && !Matches(_exclude, name, path);
    }

    private static bool Matches(WildcardPattern[] patterns, string name, string path) =>
        Array.Exists(patterns, pattern => pattern.IsMatch(name) || pattern.IsMatch(path));

    private static WildcardPattern[] Patterns(string[]? texts) =>
        texts is null ? Array.Empty<WildcardPattern>() : Array.ConvertAll(texts, static text => new WildcardPattern(text, WildcardOptions.IgnoreCase));

    private static string[] List(string folder, Func<string, string[]> list)
    {
        try
        {
            string[] found = list(folder);
            Array.Sort(found, StringComparer.Ordinal);
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotReadable(folder, e.Message);
        }
    }
}
