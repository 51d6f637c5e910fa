using System;
using System.Collections.Generic;
using System.IO;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// The folders below one that files go to: made where they are missing, and refused where one of them is a link, which would lead out of it.
/// </summary>
internal sealed class FolderGuard
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _root;

    /// <param name="root">The folder; it may be a link itself.</param>
    public FolderGuard(string root)
    {
        _root = root.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        if (_root.Length == 0)
        {
            _root = root;
        }
    }

    /// <summary>Makes the folder of a file below the root.</summary>
    /// <exception cref="GcpException">A link or a file stands in the way, or it cannot be made.</exception>
    public void Prepare(string file)
    {
        string folder = Path.GetDirectoryName(file) ?? _root;
        if (!_known.Add(folder))
        {
            return;
        }

        try
        {
            if (File.Exists(_root))
            {
                throw Errors.TargetDenied(_root, "it is a file, and a folder is needed");
            }

            Directory.CreateDirectory(_root);
            DemandNoLinks(folder);
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _known.Remove(folder);
            throw Errors.TargetDenied(folder, e.Message);
        }
        catch (GcpException)
        {
            _known.Remove(folder);
            throw;
        }
    }

    private void DemandNoLinks(string folder)
    {
        string at = folder;
        while (at.Length > _root.Length)
        {
            if (File.Exists(at))
            {
                throw Errors.TargetDenied(at, "it is a file, and a folder is needed");
            }

            DirectoryInfo info = new(at);
            if (info.Exists && (info.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                throw Errors.TargetDenied(at, "it is a link, which would lead out of the folder");
            }

            at = Path.GetDirectoryName(at) ?? _root;
        }
    }
}
