namespace GcpEmulator.Storage;

/// <summary>What belongs to a bucket and is no setting of it.</summary>
internal sealed class BucketContents(EmulatedBucket bucket, TimeProvider clock)
{
    public ObjectStore Objects { get; } = new(bucket.Name, clock);

    public BucketIam Iam { get; } = new(bucket.Project);

    public FolderStore Folders { get; } = new(clock);
}
