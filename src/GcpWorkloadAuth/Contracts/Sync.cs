using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>One side of a synchronisation: a local folder, or all objects of a bucket below a prefix.</summary>
/// <param name="Folder">The folder's full path; null for a bucket.</param>
/// <param name="Bucket">The bucket; null for a folder.</param>
/// <param name="Prefix">What the names begin with; empty for the whole bucket, else with a slash at its end.</param>
internal sealed record SyncPlace(string? Folder, string? Bucket, string Prefix)
{
    public bool IsLocal => Folder is not null;

    /// <summary>For people.</summary>
    public override string ToString() => Folder ?? "gs://" + Bucket + "/" + Prefix;
}

/// <summary>What shall be made equal to what.</summary>
internal sealed record SyncRequest(SyncPlace Source, SyncPlace Destination)
{
    /// <summary>What only the destination has goes.</summary>
    public bool Deletes { get; init; }

    /// <summary>Delete even where the source is empty.</summary>
    public bool AllowsEmptySource { get; init; }

    /// <summary>Compare checksums where size and time agree already.</summary>
    public bool ComparesContent { get; init; }

    /// <summary>Follow symbolic links and reparse points of folders and files.</summary>
    public bool FollowsLinks { get; init; }

    /// <summary>Which names, relative and with slashes, take part; the others are left alone on both sides.</summary>
    public Func<string, bool> IsWanted { get; init; } = static _ => true;
}

/// <summary>What is to be done.</summary>
internal enum SyncStep
{
    Upload,
    Download,
    Copy,

    /// <summary>The content is the same; the time of last change is written down, so that the next run need not look.</summary>
    Touch,
    Delete,
}

/// <summary>One thing to do.</summary>
/// <param name="Step">What.</param>
/// <param name="Name">The name below both places, with slashes.</param>
/// <param name="Reason">Why.</param>
internal sealed record SyncItem(SyncStep Step, string Name, SyncReason Reason)
{
    /// <summary>The local file; null where none has a part in it.</summary>
    public string? File { get; init; }

    /// <summary>The source's object, or the object that is to go; null where it is a file.</summary>
    public GcsObject? Object { get; init; }

    /// <summary>What the destination has under that name, as it was listed; null for nothing or a file.</summary>
    public GcsObject? Existing { get; init; }

    public long Size { get; init; }

    /// <summary>When the source last changed, UTC, whole seconds.</summary>
    public DateTime Modified { get; init; }
}

/// <summary>Why something is to be done.</summary>
internal enum SyncReason
{
    Missing,
    SizeDiffers,
    ContentDiffers,
    TimeDiffers,
    NotInSource,
}

/// <summary>What a synchronisation comes to.</summary>
internal sealed class SyncPlan
{
    /// <summary>Transfers, in the order of their names.</summary>
    public List<SyncItem> Items { get; } = new();

    /// <summary>What goes, after everything else.</summary>
    public List<SyncItem> Deletions { get; } = new();

    /// <summary>Single names that cannot take part, and why.</summary>
    public List<KeyValuePair<string, GcpException>> Problems { get; } = new();

    /// <summary>Links that were not followed.</summary>
    public List<string> SkippedLinks { get; } = new();

    /// <summary>How many are the same on both sides.</summary>
    public int Unchanged { get; set; }

    /// <summary>False where part of a side could not be listed: then nothing may be deleted.</summary>
    public bool IsComplete { get; set; } = true;
}
