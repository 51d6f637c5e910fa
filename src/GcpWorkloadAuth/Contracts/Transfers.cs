using System;
using System.IO;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Contracts;

/// <summary>Hears how far transfers have come. Called from any thread, often; it must return at once.</summary>
internal interface ITransferProgress
{
    /// <summary>So many bytes more went over the line; fewer, where what went has to go again.</summary>
    void Add(long bytes);

    /// <summary>How many bytes one transfer has in all, once that is known.</summary>
    void AddTotal(long bytes);
}

/// <summary>An object that goes to a file.</summary>
internal sealed record ObjectDownload
{
    /// <summary>
    /// The object as it was listed or named. With generation, size and CRC32C known, just that generation is asked for; without, the live one
    /// is, and what it turns out to be is kept to.
    /// </summary>
    public GcsObject Source { get; init; } = new();

    /// <summary>The file; its folder must exist.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Replace a file that is there. Without it, one that is there is the failure FileExists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Unpack what is stored with the encoding gzip, after it was checked.</summary>
    public bool Decompress { get; init; }

    /// <summary>The customer-supplied key that it is encrypted with.</summary>
    public CustomerKey? Key { get; init; }

    /// <summary>Leave nothing behind when stopped. Without it, a large one leaves a partial file and a note from which it goes on.</summary>
    public bool NoResume { get; init; }

    /// <summary>How many ranges of a large object are fetched at a time; 0 for the engine's choice.</summary>
    public int Streams { get; init; }

    /// <summary>The time of last change that the file gets, UTC; null for now.</summary>
    public DateTime? ModifiedTime { get; init; }

    public ITransferProgress? Progress { get; init; }
}

/// <summary>An object, or a range of it, to be read.</summary>
internal sealed record ObjectRead
{
    /// <summary>As in <see cref="ObjectDownload"/>.</summary>
    public GcsObject Source { get; init; } = new();

    public CustomerKey? Key { get; init; }

    /// <summary>The first byte; negative: so many before the end.</summary>
    public long Offset { get; init; }

    /// <summary>How many bytes; null for all that follow.</summary>
    public long? Length { get; init; }

    /// <summary>Unpack what is stored with the encoding gzip while it is read. Not for ranges.</summary>
    public bool Decompress { get; init; }

    public ITransferProgress? Progress { get; init; }
}

/// <summary>An object's content on its way.</summary>
internal interface IObjectContent : IDisposable
{
    /// <summary>What is known of the object: at least generation and size, and the media type.</summary>
    GcsObject Object { get; }

    /// <summary>Reads some of what follows; 0 at the end.</summary>
    Task<int> ReadAsync(byte[] buffer, int offset, int count, EngineCall call);
}

/// <summary>A file or a stream that becomes an object's content.</summary>
internal sealed record ObjectUpload
{
    /// <summary>Where it goes; the generation in it means nothing.</summary>
    public ObjectAddress Target { get; init; } = new(string.Empty, string.Empty);

    /// <summary>The file to read; null where <see cref="Stream"/> is given.</summary>
    public string? Path { get; init; }

    /// <summary>Read from where it stands to its end; need not seek. The caller disposes of it.</summary>
    public Stream? Stream { get; init; }

    /// <summary>
    /// What the object is to say of itself: media type, encoding, storage class ...; null for nothing. A file's media type is chosen by its
    /// extension where none is given here.
    /// </summary>
    public ObjectProperties Properties { get; init; } = new();

    /// <summary>
    /// Only over this generation; 0: only where none is. Null: the engine makes it safe itself. It tries with 0 first and, where there is an
    /// object, replaces just the generation it then sees.
    /// </summary>
    public long? IfGenerationMatch { get; init; }

    /// <summary>The generation that was seen there, where the caller listed it; spares the first try.</summary>
    public long? SeenGeneration { get; init; }

    public long? IfMetagenerationMatch { get; init; }

    public CustomerKey? Key { get; init; }

    /// <summary>Compress with gzip on the way, and say so in the object's encoding.</summary>
    public bool Gzip { get; init; }

    /// <summary>Several parts at a time by the XML API's multipart upload, which knows no preconditions.</summary>
    public bool Parallel { get; init; }

    /// <summary>Leave nothing behind when stopped. Without it, a large file leaves a note from which it goes on.</summary>
    public bool NoResume { get; init; }

    public ITransferProgress? Progress { get; init; }
}

/// <summary>What an uploaded object says of itself.</summary>
internal sealed record ObjectProperties
{
    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    public string? StorageClass { get; init; }

    public DateTime? CustomTime { get; init; }

    public string? KmsKeyName { get; init; }

    public System.Collections.Generic.IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>How a transfer ended.</summary>
/// <param name="Object">The object; of a download what is known of it.</param>
/// <param name="Bytes">How many bytes went over the line, repeats not counted.</param>
/// <param name="Resumed">How many bytes were there already, from an earlier run.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record TransferResult(GcsObject Object, long Bytes, long Resumed, long Milliseconds);

/// <summary>Hashes of a content.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Crc32C">Big-endian, base64.</param>
/// <param name="Md5">Base64; null where it was not wanted.</param>
internal sealed record ContentHash(long Length, string Crc32C, string? Md5);
