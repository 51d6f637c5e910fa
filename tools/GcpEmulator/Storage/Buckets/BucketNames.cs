using System.Net;

namespace GcpEmulator.Storage;

/// <summary>Which names and places a bucket can have ("Buckets", naming requirements; "Bucket locations").</summary>
internal static class BucketNames
{
    private static readonly string[] MultiRegions = ["US", "EU", "ASIA"];

    /// <summary>3 to 63 characters (222 with dots), lower-case letters, digits, dashes, underscores, dots; letter or digit at both ends.</summary>
    public static bool IsValid(string name)
    {
        int longest = name.Contains('.', StringComparison.Ordinal) ? 222 : 63;
        return name.Length >= 3 && name.Length <= longest
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
            && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
            && name.Split('.').All(part => part.Length is > 0 and <= 63)
            && !name.StartsWith("goog", StringComparison.Ordinal) && !name.Contains("google", StringComparison.Ordinal)
            && !(IPAddress.TryParse(name, out _) && name.Count(c => c == '.') == 3);
    }

    /// <summary>The location in capitals with its type. ASSUMED: which names are dual-regions.</summary>
    public static (string Location, string Type) Place(string? location, bool hasPlacement)
    {
        string name = string.IsNullOrEmpty(location) ? "US" : location.ToUpperInvariant();
        bool isDual = hasPlacement || name is "NAM4" or "EUR4" or "EUR5" or "EUR7" or "EUR8" or "ASIA1";
        if (!isDual && !MultiRegions.Contains(name) && !name.Contains('-', StringComparison.Ordinal))
        {
            throw StorageException.Invalid($"The specified location constraint is not valid."); // the XML API's InvalidLocationConstraint
        }

        return (name, isDual ? "dual-region" : MultiRegions.Contains(name) ? "multi-region" : "region");
    }
}
