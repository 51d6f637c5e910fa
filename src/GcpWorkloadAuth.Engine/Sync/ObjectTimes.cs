using System;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>When the file that an object was made of last changed.</summary>
internal static class ObjectTimes
{
    /// <summary>UTC, whole seconds. Where none is written down, when the object was made stands for it, as for gsutil.</summary>
    public static DateTime Of(GcsObject item) => FileTimes.Of(item) ?? Whole((item.CreationTime ?? default).ToUniversalTime());

    public static DateTime Whole(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
