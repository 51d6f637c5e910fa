using System;
using System.Globalization;

namespace GcpWorkloadAuth.Hosting;

/// <summary>The time of a file that an object was made of, as gcloud, gsutil and this module note it: seconds since 1970 in its metadata.</summary>
internal static class FileTimes
{
    public const string Key = "goog-reserved-file-mtime";

    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A time as it is noted.</summary>
    public static string Text(DateTime utc) => ((long)Math.Floor((utc - s_epoch).TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The time, UTC; null where the object has none that can be read.</summary>
    public static DateTime? Of(GcsObject item) =>
        item.Metadata.TryGetValue(Key, out string? text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
        && seconds is > -11_000_000_000 and < 250_000_000_000
            ? s_epoch.AddSeconds(seconds)
            : null;
}
