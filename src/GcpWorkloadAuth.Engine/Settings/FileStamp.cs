using System;
using System.IO;
using System.Security;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>What tells that a file is still the one that was read.</summary>
internal readonly record struct FileStamp(bool Exists, long Length, DateTime WriteTimeUtc)
{
    public static FileStamp Of(string? path)
    {
        if (path is null)
        {
            return default;
        }

        try
        {
            FileInfo file = new(path);
            return file.Exists ? new FileStamp(true, file.Length, file.LastWriteTimeUtc) : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            return default;
        }
    }
}
