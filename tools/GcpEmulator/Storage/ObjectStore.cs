using System.Security.Cryptography;

namespace GcpEmulator.Storage;

/// <summary>A small object in memory.</summary>
internal sealed record StoredObject(
    string Bucket, string Name, byte[] Content, string ContentType, IReadOnlyDictionary<string, string> Metadata, long Generation,
    DateTimeOffset CreatedAt)
{
    public string Md5 { get; } = Convert.ToBase64String(Md5Of(Content));

    public string Crc32C { get; } = Storage.Crc32C.Base64(Content);

    // Storage names every object's MD5 ("Data validation and change detection" documentation).
#pragma warning disable CA5351
    private static byte[] Md5Of(byte[] content) => MD5.HashData(content);
#pragma warning restore CA5351
}

/// <summary>The objects of one bucket, live generations only. Enough for small files; not the whole of Cloud Storage.</summary>
internal sealed class ObjectStore(string bucket, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private long _lastGeneration;

    public StoredObject Put(string name, byte[] content, string contentType, IReadOnlyDictionary<string, string>? metadata = null)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            _lastGeneration = Math.Max(_lastGeneration + 1, now.ToUnixTimeMilliseconds() * 1000);
            StoredObject stored = new(bucket, name, content, contentType, metadata ?? new Dictionary<string, string>(), _lastGeneration, now);
            _objects[name] = stored;
            return stored;
        }
    }

    public StoredObject? Find(string name)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(name);
        }
    }

    public bool Remove(string name)
    {
        lock (_gate)
        {
            return _objects.Remove(name);
        }
    }

    public List<StoredObject> All(string prefix)
    {
        lock (_gate)
        {
            return [.. _objects.Values.Where(o => o.Name.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }
}
