using System.Collections.Generic;
using System.Linq;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Bodies of the requests that set parts of an instance. Source: the methods' reference pages, Compute Engine API v1.</summary>
internal static class InstanceBodies
{
    public static Dictionary<string, object?> Metadata(string? fingerprint, IReadOnlyDictionary<string, string> items) => new()
    {
        ["fingerprint"] = fingerprint,
        ["items"] = Items(items),
    };

    public static Dictionary<string, object?> Labels(string? fingerprint, IReadOnlyDictionary<string, string> labels) => new()
    {
        ["labelFingerprint"] = fingerprint,
        ["labels"] = labels.ToDictionary(static e => e.Key, static e => (object?)e.Value),
    };

    public static Dictionary<string, object?> Tags(string? fingerprint, IEnumerable<string> tags) => new()
    {
        ["fingerprint"] = fingerprint,
        ["items"] = tags.ToList(),
    };

    /// <summary>Metadata as a list of key and value.</summary>
    public static List<object?> Items(IReadOnlyDictionary<string, string> items) =>
        items.Select(static e => (object?)new Dictionary<string, object?> { ["key"] = e.Key, ["value"] = e.Value }).ToList();
}
