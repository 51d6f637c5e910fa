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
    private const int PlainIOFailure = unchecked((int)0x80131620);
    private readonly string _path;
#if NET
    private readonly SafeFileHandle _file;
#else
    private readonly FileStream _file;
    private readonly object _gate = new();
#endif
    private bool _isKept;

    private TargetFile(string path, string partial, FileMode mode, long size)
    {
        _path = path;
        PartialPath = partial;
        try
        {
#if NET
            _file = File.OpenHandle(partial, mode, FileAccess.ReadWrite, FileShare.Read, FileOptions.None, mode == FileMode.CreateNew ? size : 0);
#else
            _file = new FileStream(partial, mode, FileAccess.ReadWrite, FileShare.Read, 1);
            if (mode == FileMode.CreateNew)
            {
                _file.SetLength(size);
            }
#endif
        }
        catch (IOException e) when (size > 0 && mode == FileMode.CreateNew && e.HResult == PlainIOFailure)
        {
            // The runtime's only word for space that cannot be set aside.
            throw Errors.DiskFull(path);
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

    /// <summary>Begins a file; its space is set aside at once, so that a full disk shows before the first byte comes.</summary>
    public static TargetFile Create(string path, long size) => new(path, NameBeside(path), FileMode.CreateNew, size);

    /// <summary>Goes on with one that an earlier run left; null where it is not there any more.</summary>
    public static TargetFile? Reopen(string path, string partial) =>
        File.Exists(partial) ? new TargetFile(path, partial, FileMode.Open, 0) : null;

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
