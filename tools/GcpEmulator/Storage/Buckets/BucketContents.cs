using GcpEmulator.Json;

namespace GcpEmulator.Storage;

/// <summary>What belongs to a bucket and is no setting of it.</summary>
internal sealed class BucketContents
{
    private const long CachedPages = 128L * 1024 * 1024;

    /// <param name="bucket">The bucket as it is made.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="buckets">The store that it is in.</param>
    public BucketContents(EmulatedBucket bucket, TimeProvider clock, BucketStore buckets)
    {
        Objects = new ObjectStore(bucket.Name, clock, () => buckets.MediaHost);
        Iam = new BucketIam(bucket.Project);
        Folders = new FolderStore(clock);
        Pages = new PageCache(() => Objects.Version + Folders.Version + buckets.Version, CachedPages);
    }

    public ObjectStore Objects { get; }

    /// <summary>Pages of lists as bytes, for as long as nothing changes.</summary>
    public PageCache Pages { get; }

    public BucketIam Iam { get; }

    public FolderStore Folders { get; }
}
