using System;
using System.Collections.Generic;
using System.IO;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>A file as it was found.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it last changed, UTC, whole seconds.</param>
internal readonly record struct LocalFile(string Path, long Size, DateTime Modified);

/// <summary>The files below a folder by their names relative to it. Links are left out unless they are asked for, and then never round and round.</summary>
internal sealed class LocalTree
{
    private readonly bool _followsLinks;
    private readonly EngineCall _call;
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    private LocalTree(bool followsLinks, EngineCall call)
    {
        _followsLinks = followsLinks;
        _call = call;
    }

    /// <summary>By name, in the order of the names' UTF-16 code units.</summary>
    public SortedDictionary<string, LocalFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Links that were left out.</summary>
    public List<string> SkippedLinks { get; } = [];

    /// <summary>Folders and files that could not be read, and why.</summary>
    public List<KeyValuePair<string, GcpException>> Problems { get; } = [];

    /// <summary>Walks a folder. One that is not there has no files where it is a destination.</summary>
    public static LocalTree Read(string folder, bool followsLinks, bool mustExist, EngineCall call)
    {
        LocalTree tree = new(followsLinks, call);
        DirectoryInfo root = new(folder);
        if (!root.Exists)
        {
            return mustExist || File.Exists(folder) ? throw Errors.SyncFolderNotFound(folder) : tree;
        }

        tree.Walk(root, string.Empty);
        return tree;
    }

    private void Walk(DirectoryInfo folder, string prefix)
    {
        _call.Stopping.ThrowIfCancellationRequested();
        string real = LinkTargets.RealPath(folder.FullName);
        if (!_above.Add(real))
        {
            // A link to a folder that this one lies in.
            SkippedLinks.Add(folder.FullName);
            return;
        }

        try
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
            {
                Visit(entry, prefix + entry.Name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems.Add(new(prefix.Length > 0 ? prefix : folder.FullName, Errors.SyncFolderUnreadable(folder.FullName, e.Message)));
        }
        finally
        {
            _above.Remove(real);
        }
    }

    private void Visit(FileSystemInfo entry, string name)
    {
        bool isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        if (isLink && !_followsLinks)
        {
            SkippedLinks.Add(entry.FullName);
            return;
        }

        if (entry is DirectoryInfo folder)
        {
            Walk(folder, name + "/");
        }
        else if (entry is FileInfo file)
        {
            Add(isLink ? new FileInfo(LinkTargets.RealPath(file.FullName)) : file, file.FullName, name);
        }
    }

    private void Add(FileInfo file, string path, string name)
    {
        try
        {
            Files[name] = new LocalFile(path, file.Length, ObjectTimes.Whole(file.LastWriteTimeUtc));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link to nothing; a file that went meanwhile.
            Problems.Add(new(name, Errors.SyncFolderUnreadable(path, e.Message)));
        }
    }
}
