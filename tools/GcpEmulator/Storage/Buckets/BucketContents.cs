namespace GcpEmulator.Storage;

/// <summary>What belongs to a bucket and is no setting of it.</summary>
internal sealed class BucketContents(EmulatedBucket bucket, TimeProvider clock, Func<string> mediaHost)
{
    public ObjectStore Objects { get; } = new(bucket.Name, clock, mediaHost);

    public BucketIam Iam { get; } = new(bucket.Project);

    public FolderStore Folders { get; } = new(clock);
}
