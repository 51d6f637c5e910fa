using System;
using System.IO;
#if NET
using Microsoft.Win32.SafeHandles;
#endif
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>What is uploaded and can be read again: a file, or bytes in memory.</summary>
internal abstract class UploadSource : IDisposable
{
    /// <summary>How it is called in messages and progress.</summary>
    public abstract string Name { get; }

    public abstract long Length { get; }

    /// <summary>When it last changed, UTC; null where it has no such time.</summary>
    public virtual DateTime? Modified => null;

    public abstract int Read(long at, byte[] buffer, int offset, int count);

    /// <summary>Throws where it is not what it was when it was opened.</summary>
    public virtual void DemandUnchanged()
    {
    }

    public virtual void Dispose()
    {
    }
}

/// <summary>Bytes in memory.</summary>
internal sealed class MemorySource(string name, byte[] bytes, int length, DateTime? modified = null) : UploadSource
{
    public override string Name => name;

    public override DateTime? Modified => modified;

    public override long Length => length;

    public override int Read(long at, byte[] buffer, int offset, int count)
    {
        int read = (int)Math.Min(count, length - at);
        Buffer.BlockCopy(bytes, (int)at, buffer, offset, read);
        return read;
    }
}

/// <summary>A file, opened so that others may go on reading, writing and renaming it.</summary>
internal sealed class FileSource : UploadSource
{
    private readonly string _path;
    private readonly bool _deletes;
    private readonly DateTime _modified;
    private readonly DateTime? _noted;
#if NET
    private readonly SafeFileHandle _file;
#else
    private readonly FileStream _file;
    private readonly object _gate = new();
#endif

    /// <param name="path">The file.</param>
    /// <param name="name">How it is called; null for the path.</param>
    /// <param name="deletes">It is our own, and goes at the end.</param>
    /// <param name="noted">The time that the object shall note; null for the file's own.</param>
    public FileSource(string path, string? name = null, bool deletes = false, DateTime? noted = null)
    {
        _noted = noted;
        _path = path;
        _deletes = deletes;
        Name = name ?? path;
        try
        {
#if NET
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Length = RandomAccess.GetLength(_file);
            _modified = File.GetLastWriteTimeUtc(_file);
#else
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            Length = _file.Length;
            _modified = File.GetLastWriteTimeUtc(path);
#endif
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw FileFailures.Reading(e, path);
        }
    }

    public override string Name { get; }

    public override long Length { get; }

    public override DateTime? Modified => _noted ?? _modified;

    public override int Read(long at, byte[] buffer, int offset, int count)
    {
        try
        {
#if NET
            return RandomAccess.Read(_file, buffer.AsSpan(offset, count), at);
#else
            lock (_gate)
            {
                _file.Seek(at, SeekOrigin.Begin);
                return _file.Read(buffer, offset, count);
            }
#endif
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw FileFailures.Reading(e, _path);
        }
    }

    public override void DemandUnchanged()
    {
        bool isSame;
        try
        {
#if NET
            isSame = RandomAccess.GetLength(_file) == Length && File.GetLastWriteTimeUtc(_file) == _modified;
#else
            isSame = _file.Length == Length && File.GetLastWriteTimeUtc(_path) == _modified;
#endif
        }
        catch (Exception e) when (FileFailures.IsOne(e))
        {
            throw FileFailures.Reading(e, _path);
        }

        if (!isSame)
        {
            throw Errors.SourceChanged(_path);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _file.Dispose();
        if (_deletes)
        {
            FileFailures.TryDelete(_path);
        }
    }
}
