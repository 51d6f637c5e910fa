using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace GcpEmulator.Storage;

/// <summary>A part of a multipart upload.</summary>
internal sealed record UploadedPart(int Number, StoredContent Content, uint Crc32C, string? Md5, string ETag, DateTimeOffset At);

/// <summary>One multipart upload of the XML API.</summary>
internal sealed record MultipartUpload(string Id, string Bucket, string Name, JsonObject Resource, string? StorageClass, string? CustomerKey, string? KmsKey,
    DateTimeOffset StartedAt)
{
    public ConcurrentDictionary<int, UploadedPart> Parts { get; } = [];
}

/// <summary>The multipart uploads that are neither completed nor aborted.</summary>
internal sealed class MultipartUploads
{
    private readonly ConcurrentDictionary<string, MultipartUpload> _open = new(StringComparer.Ordinal);

    public int Count => _open.Count;

    public int PartCount => _open.Values.Sum(u => u.Parts.Count);

    public MultipartUpload Start(string bucket, string name, JsonObject resource, string? storageClass, string? customerKey, string? kmsKey, DateTimeOffset now)
    {
        string id = "ABPnzm" + Base64Url.Encode(RandomNumberGenerator.GetBytes(60));
        return _open[id] = new MultipartUpload(id, bucket, name, resource, storageClass, customerKey, kmsKey, now);
    }

    public MultipartUpload? Find(string id) => _open.GetValueOrDefault(id);

    public bool Remove(MultipartUpload upload) => _open.TryRemove(upload.Id, out _);

    public List<MultipartUpload> Of(string bucket) =>
        [.. _open.Values.Where(u => u.Bucket == bucket).OrderBy(u => u.Name, Utf8Order.Instance).ThenBy(u => u.Id, StringComparer.Ordinal)];

    public void Clear() => _open.Clear();
}
