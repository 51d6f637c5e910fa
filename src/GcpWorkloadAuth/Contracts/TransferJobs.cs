using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Contracts;

/// <summary>A job that copies from bucket to bucket, once.</summary>
internal sealed record TransferJobRequest
{
    public string Project { get; init; } = string.Empty;

    /// <summary>Whole ("transferJobs/..."); null for one of the module's own making.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string SourceBucket { get; init; } = string.Empty;

    /// <summary>Empty, or ending in a slash.</summary>
    public string SourcePath { get; init; } = string.Empty;

    public string DestinationBucket { get; init; } = string.Empty;

    /// <summary>Empty, or ending in a slash.</summary>
    public string DestinationPath { get; init; } = string.Empty;

    public IReadOnlyList<string> IncludePrefixes { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> ExcludePrefixes { get; init; } = Array.Empty<string>();

    /// <summary>The server's word; null leaves it to the server.</summary>
    public string? OverwriteWhen { get; init; }

    public bool DeleteFromSource { get; init; }

    public bool DeleteExtraneous { get; init; }
}

/// <summary>Which transfer jobs are listed.</summary>
internal sealed class TransferJobQuery
{
    public string Project { get; init; } = string.Empty;

    /// <summary>The server's own word; null for jobs of any status.</summary>
    public string? Status { get; init; }
}
