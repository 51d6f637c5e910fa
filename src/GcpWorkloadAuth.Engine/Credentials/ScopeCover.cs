using System;
using System.Collections.Generic;

namespace GcpWorkloadAuth.Engine.Credentials;

/// <summary>What scopes allow. Source: the "scopes" of each method in the services' discovery documents.</summary>
internal static class ScopeCover
{
    private const string Prefix = "https://www.googleapis.com/auth/";
    private const string ReadOnly = Prefix + "cloud-platform.read-only";
    private const string FullControl = Prefix + "devstorage.full_control";
    private const string ReadWrite = Prefix + "devstorage.read_write";

    // A wider scope, and what it covers besides itself.
    private static readonly Dictionary<string, string[]> s_wider = new(StringComparer.Ordinal)
    {
        [FullControl] = [ReadWrite, Prefix + "devstorage.read_only"],
        [ReadWrite] = [Prefix + "devstorage.read_only"],
        [Prefix + "compute"] = [Prefix + "compute.readonly"],
        [Prefix + "cloudplatformprojects"] = [Prefix + "cloudplatformprojects.readonly"],
    };

    private static readonly KeyValuePair<string, string[]>[] s_uses =
    [
        new("reading from Cloud Storage", [ReadOnly, FullControl, ReadWrite, Prefix + "devstorage.read_only"]),
        new("writing to Cloud Storage", [FullControl, ReadWrite]),
        new("reading from Compute Engine", [Prefix + "compute", Prefix + "compute.readonly"]),
        new("changing Compute Engine", [Prefix + "compute"]),
        new("Resource Manager (Get-GcpProject)", [ReadOnly, Prefix + "cloudplatformprojects", Prefix + "cloudplatformprojects.readonly"]),
        new("IAM Credentials (impersonation, signatures)", [Prefix + "iam"]),
    ];

    /// <summary>True where the scopes allow all that the wanted one does. cloud-platform covers every Google Cloud API's own scope.</summary>
    public static bool Covers(IReadOnlyList<string> actual, string wanted)
    {
        foreach (string has in actual)
        {
            if (has == Credential.CloudPlatformScope || string.Equals(has, wanted, StringComparison.Ordinal)
                || (s_wider.TryGetValue(has, out string[]? narrower) && Array.IndexOf(narrower, wanted) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the module's cmdlets do that the scopes do not allow, for people.</summary>
    public static IReadOnlyList<string> LeftOut(IReadOnlyList<string> actual)
    {
        List<string> missing = [];
        foreach (KeyValuePair<string, string[]> use in s_uses)
        {
            if (!Array.Exists(use.Value, scope => Covers(actual, scope)))
            {
                missing.Add(use.Key);
            }
        }

        return missing;
    }
}
