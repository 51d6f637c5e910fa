using System;
using System.Globalization;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Reads gs:// addresses: gs://bucket, gs://bucket/name, gs://bucket/name#generation. The name is taken as it stands: nothing in it is a wildcard or an escape.</summary>
internal static class GcsUri
{
    private const string Scheme = "gs://";

    /// <summary>True where the text is meant as an address.</summary>
    public static bool IsUri(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>A bucket's name, given as that or as its address, gs://bucket or gs://bucket/.</summary>
    public static string BucketOf(string text) => IsUri(text) ? text.Substring(Scheme.Length).TrimEnd('/') : text;

    /// <summary>The parts of an address. The name is empty for a bucket's own.</summary>
    /// <exception cref="GcpException">It is no address, or has no bucket.</exception>
    public static (string Bucket, string Name, long? Generation) Parse(string text)
    {
        if (!IsUri(text))
        {
            throw Errors.StorageUriInvalid(text);
        }

        (string bucket, string name) = Split(text);
        (name, long? generation) = SplitGeneration(name);
        return (bucket, name, generation);
    }

    /// <summary>Bucket and name of an address where something goes: no generation is read out of it.</summary>
    /// <exception cref="GcpException">It has no bucket.</exception>
    public static (string Bucket, string Name) Split(string text)
    {
        string rest = text.Substring(Scheme.Length);
        int slash = rest.IndexOf('/');
        string bucket = slash < 0 ? rest : rest.Substring(0, slash);
        return bucket.Length > 0
            ? (bucket, slash < 0 ? string.Empty : rest.Substring(slash + 1))
            : throw Errors.StorageUriInvalid(text);
    }

    // As gsutil: digits alone behind the last '#'. "report#1" would be a generation; -Name takes such a name as it is.
    private static (string Name, long? Generation) SplitGeneration(string name)
    {
        int hash = name.LastIndexOf('#');
        return hash > 0 && long.TryParse(name.Substring(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long generation)
            ? (name.Substring(0, hash), generation)
            : (name, null);
    }
}
