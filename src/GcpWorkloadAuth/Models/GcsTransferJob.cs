using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>
/// A job of the Storage Transfer Service: what is copied from where to where. Each run of it is an operation.
/// Source: https://cloud.google.com/storage-transfer/docs/reference/rest/v1/transferJobs#TransferJob.
/// </summary>
public sealed class GcsTransferJob
{
    /// <summary>The name, unique in the project: "transferJobs/" and more.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The id of the project that owns it; null where only the name is known.</summary>
    public string? Project { get; internal set; }

    /// <summary>ENABLED, DISABLED or DELETED. Whether it is running, its operation tells.</summary>
    public string? Status { get; internal set; }

    /// <summary>The user's own words about it.</summary>
    public string? Description { get; internal set; }

    /// <summary>Where it copies from: gs://bucket/prefix/, s3://bucket/prefix/ and the like; null where the service names none.</summary>
    public string? Source { get; internal set; }

    /// <summary>Where it copies to: gs://bucket/prefix/.</summary>
    public string? Destination { get; internal set; }

    /// <summary>Only objects whose names, behind the source's prefix, begin with one of these; empty for all.</summary>
    public IReadOnlyList<string> IncludePrefix { get; internal set; } = Array.Empty<string>();

    /// <summary>No objects whose names, behind the source's prefix, begin with one of these.</summary>
    public IReadOnlyList<string> ExcludePrefix { get; internal set; } = Array.Empty<string>();

    /// <summary>When an object that is there already is overwritten: DIFFERENT, NEVER or ALWAYS; null where the job does not say, which is DIFFERENT.</summary>
    public string? OverwriteWhen { get; internal set; }

    /// <summary>True where objects are deleted from the source once they are copied.</summary>
    public bool DeleteFromSource { get; internal set; }

    /// <summary>True where objects that only the destination has are deleted there.</summary>
    public bool DeleteExtraneous { get; internal set; }

    /// <summary>When it was made, local time.</summary>
    public DateTime? CreationTime { get; internal set; }

    /// <summary>When it was last changed, local time.</summary>
    public DateTime? UpdateTime { get; internal set; }

    /// <summary>When it was deleted, local time; null where it was not.</summary>
    public DateTime? DeletionTime { get; internal set; }

    /// <summary>The name of its latest run; null where it never ran.</summary>
    public string? LatestOperationName { get; internal set; }

    /// <summary>Its latest run with its counters, as it was when it was asked for; null where there was none, or where it is gone.</summary>
    public GcsTransferOperation? LatestOperation { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
