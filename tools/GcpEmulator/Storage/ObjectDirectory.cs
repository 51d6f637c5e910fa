using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using GcpEmulator.Storage;

namespace GcpEmulator;

/// <summary>The objects in all buckets, for tests: put them there, look at their bytes, count what is left over. Safe for use from several threads.</summary>
public sealed class ObjectDirectory : IDisposable
{
    private readonly BucketStore _buckets;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Permission, string Bucket), bool> _denied = [];

    internal ObjectDirectory(BucketStore buckets, EmulatorOptions options)
    {
        (_buckets, _clock) = (buckets, options.Clock);
        Folder = new ContentFolder(options.ContentFolder) { ComputeMd5 = options.ComputeMd5 };
        Sessions = new ResumableSessions(options.Clock);
    }

    /// <summary>How many bytes one rewrite call copies; null for all. A small value makes clients go round their token loop.</summary>
    public long? RewriteBytesPerCall { get; set; }

    /// <summary>Resumable sessions that are neither finished nor cancelled.</summary>
    public int OpenSessions => Sessions.OpenCount;

    /// <summary>Multipart uploads of the XML API that are neither completed nor aborted.</summary>
    public int OpenMultipartUploads => Multipart.Count;

    /// <summary>Their parts.</summary>
    public int OpenParts => Multipart.PartCount;

    /// <summary>Temporary files that large contents, sessions and parts lie in.</summary>
    public int TemporaryFiles => Folder.FileCount;

    internal ContentFolder Folder { get; }

    internal ResumableSessions Sessions { get; }

    internal MultipartUploads Multipart { get; } = new();

    internal RewriteTokens Rewrites { get; } = new();

    internal DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Puts an object with this text into a bucket, as a new generation. No retention or hold is asked.</summary>
    public EmulatedObject Put(string bucket, string name, string content, string? contentType = "text/plain", IReadOnlyDictionary<string, string>? metadata = null) =>
        Put(bucket, name, Encoding.UTF8.GetBytes(content), contentType, metadata);

    /// <summary>Puts an object with these bytes into a bucket, as a new generation.</summary>
    public EmulatedObject Put(string bucket, string name, byte[] content, string? contentType = null, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        using MemoryStream stream = new(content, writable: false);
        return Put(bucket, name, stream, contentType, metadata);
    }

    /// <summary>Puts an object with the content of a stream into a bucket; more than 1 MiB lies in a file.</summary>
    public EmulatedObject Put(string bucket, string name, Stream content, string? contentType = null, IReadOnlyDictionary<string, string>? metadata = null,
        string? contentEncoding = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        using ContentWriter writer = Folder.CreateWriter();
        byte[] buffer = new byte[128 * 1024];
        for (int count = content.Read(buffer); count > 0; count = content.Read(buffer))
        {
            writer.Write(new System.Buffers.ReadOnlySequence<byte>(buffer, 0, count));
        }

        JsonObject resource = new() { ["contentType"] = contentType ?? "application/octet-stream" };
        if (contentEncoding is not null)
        {
            resource["contentEncoding"] = contentEncoding;
        }

        if (metadata is { Count: > 0 })
        {
            resource["metadata"] = new JsonObject(metadata.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        }

        (StoredContent stored, uint crc, string? md5) = writer.Finish();
        return new EmulatedObject(Store(bucket).Put(new ObjectDraft(name, stored, crc, md5, resource), Settings(bucket)));
    }

    /// <summary>Gives a bucket any number of objects that cost no memory: PREFIX000000/000000000.bin and so on, each with these bytes.</summary>
    public void AddSynthetic(string bucket, int count, string prefix = "data/", int perFolder = 1000, byte[]? content = null) =>
        Store(bucket).SetSynthetic(prefix, count, perFolder, StoredContent.FromBytes(content ?? new byte[16]));

    /// <summary>The live generation, or the given one; null if there is none.</summary>
    public EmulatedObject? Find(string bucket, string name, long? generation = null) =>
        Store(bucket).Find(name, generation) is StoredObject found ? new EmulatedObject(found) : null;

    /// <summary>All objects of a bucket by name: live ones, all generations, or the soft-deleted ones.</summary>
    public IReadOnlyList<EmulatedObject> All(string bucket, bool versions = false, bool softDeleted = false) =>
        [.. Store(bucket).List(new ListQuery { Versions = versions, SoftDeleted = softDeleted, MaxResults = int.MaxValue }).Items.Select(o => new EmulatedObject(o))];

    /// <summary>Deletes the live generation, as objects.delete does.</summary>
    public void Delete(string bucket, string name) => Store(bucket).Delete(name, null, Settings(bucket));

    /// <summary>Takes a permission (storage.objects.create ...) away from everybody, in one bucket or in all.</summary>
    public void Deny(string permission, string? bucket = null) => _denied[(permission, bucket ?? string.Empty)] = true;

    /// <summary>Gives a permission back.</summary>
    public void Allow(string permission, string? bucket = null) => _denied.TryRemove((permission, bucket ?? string.Empty), out _);

    /// <summary>Makes all resumable sessions unknown: 404 from now on.</summary>
    public void ForgetSessions() => Sessions.Clear();

    /// <summary>Removes the temporary files.</summary>
    public void Dispose()
    {
        Clear();
        Folder.Dispose();
    }

    internal bool IsDenied(string permission, string? bucket) =>
        !_denied.IsEmpty && (_denied.ContainsKey((permission, string.Empty)) || (bucket is not null && _denied.ContainsKey((permission, bucket))));

    internal void CheckPermission(string account, string permission, string? bucket)
    {
        if (IsDenied(permission, bucket))
        {
            string resource = bucket is null ? "project" : permission.StartsWith("storage.objects.", StringComparison.Ordinal) ? "object" : "bucket";
            throw new StorageException(Http.Reply.Json(GoogleErrors.StoragePermissionDenied(account, permission, resource), 403));
        }
    }

    internal void Clear()
    {
        Sessions.Clear();
        Multipart.Clear();
        Rewrites.Clear();
        _denied.Clear();
        RewriteBytesPerCall = null;
    }

    private ObjectStore Store(string bucket) => _buckets.Contents(bucket)?.Objects ?? throw new KeyNotFoundException($"There is no bucket {bucket}.");

    private EmulatedBucket Settings(string bucket) => _buckets.Find(bucket) ?? throw new KeyNotFoundException($"There is no bucket {bucket}.");
}
