namespace GcpWorkloadAuth;

/// <summary>What was done about one name by Sync-GcsDirectory.</summary>
public sealed class GcsSyncResult
{
    internal GcsSyncResult(GcsSyncAction action, string name, string? source, string destination, long bytes, GcsSyncReason reason)
    {
        Action = action;
        Name = name;
        Source = source;
        Destination = destination;
        Bytes = bytes;
        Reason = reason;
    }

    /// <summary>What was done.</summary>
    public GcsSyncAction Action { get; }

    /// <summary>The name below both places, with slashes.</summary>
    public string Name { get; }

    /// <summary>Where it came from: a path or a gs:// address; null where it was deleted.</summary>
    public string? Source { get; }

    /// <summary>Where it is now, or was: a path or a gs:// address.</summary>
    public string Destination { get; }

    /// <summary>The length of the content, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Why it was done.</summary>
    public GcsSyncReason Reason { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>What Sync-GcsDirectory does about a name.</summary>
public enum GcsSyncAction
{
    /// <summary>A file became an object.</summary>
    Uploaded,

    /// <summary>An object became a file.</summary>
    Downloaded,

    /// <summary>An object was copied on the server.</summary>
    Copied,

    /// <summary>The content was the same; the time of last change was written down.</summary>
    TimeSet,

    /// <summary>What the source does not have was deleted.</summary>
    Deleted,
}

/// <summary>Why Sync-GcsDirectory does something.</summary>
public enum GcsSyncReason
{
    /// <summary>The destination had none.</summary>
    Missing,

    /// <summary>The sizes differed.</summary>
    SizeDiffers,

    /// <summary>The checksums differed.</summary>
    ContentDiffers,

    /// <summary>The times of last change differed and the checksums did not.</summary>
    TimeDiffers,

    /// <summary>The source had none.</summary>
    NotInSource,
}
