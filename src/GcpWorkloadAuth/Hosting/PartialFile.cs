using System;
using System.IO;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// A file that comes to be as a whole or not at all: written beside its place under another name and renamed when it is complete. An
/// older file of that name stays as it is until then.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _isDone;

    /// <exception cref="GcpException">Nothing can be written there.</exception>
    public PartialFile(string path)
    {
        _path = path;
        _temporary = path + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".partial";
        if (Directory.Exists(path))
        {
            throw Errors.OutFileFailed(path, "it is a folder");
        }

        Stream = Guard(() => new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    public FileStream Stream { get; }

    /// <summary>Writes a block behind what is there.</summary>
    public void Write(byte[] block, int count) => Guard(() =>
    {
        Stream.Write(block, 0, count);
        return true;
    });

    /// <summary>Puts the file in its place.</summary>
    public void Complete() => Guard(() =>
    {
        Stream.Dispose();
        if (File.Exists(_path))
        {
            File.Replace(_temporary, _path, null);
        }
        else
        {
            File.Move(_temporary, _path);
        }

        return _isDone = true;
    });

    /// <summary>Removes what is not complete.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
            if (!_isDone)
            {
                File.Delete(_temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another program holds it; nothing more can be done here, and the failure that led here says more.
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Errors.OutFileFailed(_path, e.Message);
        }
    }
}
