using System.Text;
using System.Text.Json.Nodes;
using GcpEmulator.Json;
using GcpEmulator.Storage;

namespace GcpEmulator;

/// <summary>One generation of an object, as it was when it was asked for.</summary>
public sealed class EmulatedObject
{
    private readonly StoredObject _object;

    internal EmulatedObject(StoredObject stored) => _object = stored;

    /// <summary>The bucket's name.</summary>
    public string Bucket => _object.Bucket;

    /// <summary>The name.</summary>
    public string Name => _object.Name;

    /// <summary>The generation.</summary>
    public long Generation => _object.Generation;

    /// <summary>Raised by every change of the metadata.</summary>
    public long Metageneration => _object.Metageneration;

    /// <summary>The number of bytes as stored.</summary>
    public long Size => _object.Content.Length;

    /// <summary>The content type.</summary>
    public string ContentType => _object.ContentType;

    /// <summary>The storage class.</summary>
    public string StorageClass => _object.StorageClass;

    /// <summary>CRC-32C in base64.</summary>
    public string Crc32C => Storage.Crc32C.Base64(_object.Crc32C);

    /// <summary>MD5 in base64; null for objects made of components.</summary>
    public string? Md5 => _object.Md5;

    /// <summary>The number of components; null for an object that was uploaded in one piece.</summary>
    public int? ComponentCount => _object.ComponentCount;

    /// <summary>The custom metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata =>
        (_object.Resource["metadata"] as JsonObject)?.ToDictionary(p => p.Key, p => p.Value?.ToString() ?? string.Empty) ?? [];

    /// <summary>The whole resource, as objects.get shows it.</summary>
    public JsonObject Json => JsonNode.Parse(JsonAnswer.Render(json => ObjectJson.Write(json, _object, keyGiven: true)).Span)!.AsObject();

    /// <summary>All bytes as stored.</summary>
    public byte[] ReadAll() => _object.Content.ToArray();

    /// <summary>The bytes as UTF-8 text.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadAll());

    /// <summary>The bytes as a stream, for contents that are too large to be held in memory.</summary>
    public Stream Open() => new ContentStream(_object.Content, 0, _object.Content.Length);
}
