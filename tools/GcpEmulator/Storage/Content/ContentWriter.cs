using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace GcpEmulator.Storage;

/// <summary>Takes in a content: in memory at first, in a file once it is large. Checksums are computed on the way.</summary>
internal sealed class ContentWriter : IDisposable
{
    private readonly ContentFolder _folder;
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private byte[] _memory = [];
    private string? _path;
    private SafeFileHandle? _file;
    private IncrementalHash? _md5;
    private bool _hashesAreStale;
    private uint _crc;

    public ContentWriter(ContentFolder folder)
    {
        _folder = folder;
        _md5 = NewMd5();
    }

    public long Length { get; private set; }

    public void Write(in ReadOnlySequence<byte> content)
    {
        if (content.IsEmpty)
        {
            return;
        }

        foreach (ReadOnlyMemory<byte> piece in content)
        {
            Hash(piece.Span);
        }

        if (_file is null && Length + content.Length <= ContentFolder.InMemory)
        {
            Reserve((int)(Length + content.Length));
            content.CopyTo(_memory.AsSpan((int)Length));
        }
        else
        {
            SpillToFile();
            _pieces.Clear();
            foreach (ReadOnlyMemory<byte> piece in content)
            {
                _pieces.Add(piece);
            }

            RandomAccess.Write(_file!, _pieces, Length);
        }

        Length += content.Length;
    }

    /// <summary>Forgets what lies behind a length.</summary>
    public void Truncate(long length)
    {
        if (length < Length)
        {
            Length = length;
            _hashesAreStale = true;
        }
    }

    /// <summary>Ends the writing. The writer is of no use afterwards.</summary>
    public (StoredContent Content, uint Crc32C, string? Md5) Finish()
    {
        if (_hashesAreStale)
        {
            Rehash();
        }

        string? md5 = _md5 is null ? null : Convert.ToBase64String(_md5.GetHashAndReset());
        StoredContent content;
        if (_file is null)
        {
            content = Length == 0 ? StoredContent.Empty : StoredContent.FromBytes(_memory.AsMemory(0, (int)Length));
        }
        else
        {
            RandomAccess.SetLength(_file, Length);
            _file.Dispose();
            content = new FileContent(_path!, Length);
            _path = null;
        }

        _file = null;
        _memory = [];
        _md5?.Dispose();
        _md5 = null;
        return (content, _crc, md5);
    }

    public void Dispose()
    {
        _md5?.Dispose();
        _file?.Dispose();
        if (_path is not null)
        {
            ContentFolder.TryDelete(_path);
            _path = null;
        }
    }

    // Storage names every object's MD5 ("Data validation and change detection" documentation).
#pragma warning disable CA5351
    private IncrementalHash? NewMd5() => _folder.ComputeMd5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
#pragma warning restore CA5351

    private void Hash(ReadOnlySpan<byte> bytes)
    {
        _crc = Crc32C.Append(_crc, bytes);
        _md5?.AppendData(bytes);
    }

    private void Reserve(int length)
    {
        if (length > _memory.Length)
        {
            Array.Resize(ref _memory, Math.Max(length, Math.Min(_memory.Length * 2, ContentFolder.InMemory)));
        }
    }

    private void SpillToFile()
    {
        if (_file is null)
        {
            _path = _folder.NewFile();
            _file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            RandomAccess.Write(_file, _memory.AsSpan(0, (int)Length), 0);
            _memory = [];
        }
    }

    private void Rehash()
    {
        _crc = 0;
        _md5?.Dispose();
        _md5 = NewMd5();
        _hashesAreStale = false;
        if (_file is null)
        {
            Hash(_memory.AsSpan(0, (int)Length));
            return;
        }

        byte[] buffer = new byte[256 * 1024];
        for (long at = 0; at < Length;)
        {
            int count = RandomAccess.Read(_file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, Length - at)), at);
            Hash(buffer.AsSpan(0, count));
            at += count;
        }
    }
}
