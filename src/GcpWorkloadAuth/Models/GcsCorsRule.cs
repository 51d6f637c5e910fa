using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth;

/// <summary>
/// From which web pages browsers may call a bucket, and how. Source: https://cloud.google.com/storage/docs/cross-origin.
/// </summary>
public sealed class GcsCorsRule
{
    /// <summary>Origins of pages ("https://example.com"); * for all.</summary>
    public IReadOnlyList<string> Origin { get; internal set; } = Array.Empty<string>();

    /// <summary>HTTP methods; * for all.</summary>
    public IReadOnlyList<string> Method { get; internal set; } = Array.Empty<string>();

    /// <summary>Headers that the page may read.</summary>
    public IReadOnlyList<string> ResponseHeader { get; internal set; } = Array.Empty<string>();

    /// <summary>Seconds for which a browser may remember the answer; null where the server's default counts.</summary>
    public int? MaxAgeSeconds { get; internal set; }

    /// <summary>Methods and origins.</summary>
    public override string ToString() => string.Join("|", Method) + " from " + string.Join("|", Origin);
}
