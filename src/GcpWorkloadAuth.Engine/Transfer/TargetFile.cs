using System;
using System.IO;
#if NET
using Microsoft.Win32.SafeHandles;
#endif
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// A file on its way: under another name beside its place, then in it. An older file stays as it is until then. Blocks may be written at
/// several places at a time.
/// </summary>
internal sealed class TargetFile : IDisposable
{
    private const string Ending = ".partial";
    private const int LongestName = 200;
    private const long WorthAsking = 1024 * 1024;
    private readonly string _path;
#if NET
    private readonly SafeFileHandle _file;
#else
    private readonly FileStream _file;
    private readonly object _gate = new();
#endif
    private bool _isKept;

    private TargetFile(string path, string partial, FileMode mode)
    {
        _path = path;
        PartialPath = partial;
        try
        {
#if NET
            _file = File.OpenHandle(partial, mode, FileAccess.ReadWrite, FileShare.Read, FileOptions.None);
#else
            _file = new FileStream(partial, mode, FileAccess.ReadWrite, FileShare.Read, 1);
#endif
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw FileFailures.Writing(e, path);
        }
    }

    /// <summary>What it is called until it is complete.</summary>
    public string PartialPath { get; }

    /// <summary>Refuses, before anything is asked of the server, what no file can be put in place of.</summary>
    /// <exception cref="GcpException">A folder, a read-only file, or any file where none may be replaced.</exception>
    public static void Demand(string path, bool overwrite)
    {
        FileInfo file = new(path);
        if (file.Exists)
        {
            if (!overwrite)
            {
                throw Errors.FileExists(path);
            }

            if (file.IsReadOnly)
            {
                throw Errors.TargetReadOnly(path);
            }
        }
        else if (Directory.Exists(path))
        {
            throw Errors.TargetIsFolder(path);
        }
    }

    /// <summary>Begins a file. That the disk has no room for it shows before the first byte comes, as far as the disk can be asked.</summary>
    public static TargetFile Create(string path, long size)
    {
        if (size >= WorthAsking && FreeSpace(path) < size)
        {
            throw Errors.DiskFull(path);
        }

        // Setting the space aside was measured: on a disk in memory it doubles the time of a download, and on NTFS writing far behind
        // what is written fills up with zeros.
        return new TargetFile(path, NameBeside(path), FileMode.CreateNew);
    }

    /// <summary>Goes on with one that an earlier run left; null where it is not there any more.</summary>
    public static TargetFile? Reopen(string path, string partial) =>
        File.Exists(partial) ? new TargetFile(path, partial, FileMode.Open) : null;

    public void Write(long at, byte[] buffer, int count)
    {
        try
        {
#if NET
            RandomAccess.Write(_file, buffer.AsSpan(0, count), at);
#else
            lock (_gate)
            {
                _file.Seek(at, SeekOrigin.Begin);
                _file.Write(buffer, 0, count);
            }
#endif
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw FileFailures.Writing(e, _path);
        }
    }

    public int Read(long at, byte[] buffer, int count)
    {
        try
        {
#if NET
            return RandomAccess.Read(_file, buffer.AsSpan(0, count), at);
#else
            lock (_gate)
            {
                _file.Seek(at, SeekOrigin.Begin);
                return _file.Read(buffer, 0, count);
            }
#endif
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw FileFailures.Writing(e, _path);
        }
    }

    /// <summary>Puts the file in its place.</summary>
    public void Commit(bool overwrite, DateTime? modified)
    {
        try
        {
            _file.Dispose();
            if (modified is { } time)
            {
                File.SetLastWriteTimeUtc(PartialPath, time);
            }

#if NET
            File.Move(PartialPath, _path, overwrite);
#else
            if (overwrite && File.Exists(_path))
            {
                File.Replace(PartialPath, _path, null);
            }
            else
            {
                File.Move(PartialPath, _path);
            }
#endif
            _isKept = true;
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw !overwrite && File.Exists(_path) ? Errors.FileExists(_path) : FileFailures.Writing(e, _path);
        }
    }

    /// <summary>Leaves the partial file where it is, for a later run.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Removes what is neither complete nor kept.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (!_isKept)
        {
            FileFailures.TryDelete(PartialPath);
        }
    }

    private static long FreeSpace(string path)
    {
        try
        {
            string? folder = Path.DirectorySeparatorChar == '\\' ? Path.GetPathRoot(path) : Path.GetDirectoryName(path);
            return folder is null ? long.MaxValue : new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            // A share, a folder that is not there: the first write says it.
            return long.MaxValue;
        }
    }

    private static string NameBeside(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? string.Empty;
        string name = Path.GetFileName(path);

        // A name may have 255 bytes, and four of them a character.
        while (System.Text.Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            name = name.Substring(0, name.Length - 1 - (name.Length > 1 && char.IsLowSurrogate(name[name.Length - 1]) ? 1 : 0));
        }

        return Path.Combine(folder, name + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + Ending);
    }
}
