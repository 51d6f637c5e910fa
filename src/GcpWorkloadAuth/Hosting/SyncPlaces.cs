using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Reads what Sync-GcsDirectory is given.</summary>
internal static class SyncPlaces
{
    /// <summary>A folder's path, or gs://bucket/prefix.</summary>
    public static SyncPlace Read(PSCmdlet cmdlet, string text)
    {
        if (!GcsUri.IsUri(text))
        {
            return new SyncPlace(FileSystemPaths.Resolve(cmdlet, text).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar), null, string.Empty);
        }

        (string bucket, string name, _) = GcsUri.Parse(text);
        return new SyncPlace(null, bucket, name.Length == 0 || name.EndsWith("/", StringComparison.Ordinal) ? name : name + "/");
    }

    /// <summary>Refuses two folders, and places of which one holds the other: a run would feed on what it writes.</summary>
    public static void Demand(SyncPlace source, SyncPlace destination)
    {
        if (source.IsLocal && destination.IsLocal)
        {
            throw Errors.SyncPlacesLocal(source.ToString(), destination.ToString());
        }

        bool isOneBucket = source.Bucket is not null && source.Bucket == destination.Bucket;
        if (isOneBucket && (source.Prefix.StartsWith(destination.Prefix, StringComparison.Ordinal) || destination.Prefix.StartsWith(source.Prefix, StringComparison.Ordinal)))
        {
            throw Errors.SyncPlacesOverlap(source.ToString(), destination.ToString());
        }
    }

    /// <summary>Whether a relative name takes part: one of the patterns of -Include matches it or its last part, and none of -Exclude does.</summary>
    public static Func<string, bool> Filter(string[]? include, string[]? exclude)
    {
        List<WildcardPattern> wanted = Patterns(include);
        List<WildcardPattern> unwanted = Patterns(exclude);
        return name => (wanted.Count == 0 || Matches(wanted, name)) && !Matches(unwanted, name);
    }

    private static List<WildcardPattern> Patterns(string[]? patterns)
    {
        List<WildcardPattern> result = new();
        foreach (string pattern in patterns ?? [])
        {
            result.Add(WildcardPattern.Get(pattern.Replace('\\', '/'), WildcardOptions.IgnoreCase));
        }

        return result;
    }

    private static bool Matches(List<WildcardPattern> patterns, string name)
    {
        string last = name.Substring(name.LastIndexOf('/') + 1);
        foreach (WildcardPattern pattern in patterns)
        {
            if (pattern.IsMatch(name) || pattern.IsMatch(last))
            {
                return true;
            }
        }

        return false;
    }
}
