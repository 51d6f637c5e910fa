namespace GcpWorkloadAuth;

/// <summary>Hashes of a local content as Cloud Storage writes them, to compare with an object's.</summary>
public sealed class GcsObjectHash
{
    internal GcsObjectHash(string? path, long length, string crc32C, string? md5Hash)
    {
        Path = path;
        Length = length;
        Crc32C = crc32C;
        Md5Hash = md5Hash;
    }

    /// <summary>The file; null for bytes.</summary>
    public string? Path { get; }

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>The CRC32C: big-endian, base64.</summary>
    public string Crc32C { get; }

    /// <summary>The MD5, base64; null where it was not asked for.</summary>
    public string? Md5Hash { get; }

    /// <summary>The CRC32C.</summary>
    public override string ToString() => Crc32C;
}
