using System;
using System.Globalization;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>
/// When the file that an object was made of last changed: the metadata that gsutil and gcloud storage write too, in seconds since 1970. Where it
/// is missing, when the object was made stands for it.
/// </summary>
internal static class ObjectTimes
{
    public const string Key = "goog-reserved-file-mtime";

    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static string Text(DateTime utc) => ((long)Math.Floor((utc - s_epoch).TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>UTC, whole seconds.</summary>
    public static DateTime Of(GcsObject item) => Written(item) ?? Whole((item.CreationTime ?? default).ToUniversalTime());

    /// <summary>The time that was written down; null where none was.</summary>
    public static DateTime? Written(GcsObject item) =>
        item.Metadata.TryGetValue(Key, out string? text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
        && Math.Abs(seconds) < 250_000_000_000 && seconds > -62_000_000_000
            ? s_epoch.AddSeconds(seconds)
            : null;

    private static DateTime Whole(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
