using System;
using System.IO;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>What the file system's exceptions mean to the user.</summary>
internal static class FileFailures
{
    public static bool IsOne(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or System.Security.SecurityException;

    public static GcpException Writing(Exception e, string path) => e switch
    {
        DirectoryNotFoundException => Errors.TargetFolderMissing(path),
        _ when Directory.Exists(path) => Errors.TargetIsFolder(path),
        UnauthorizedAccessException => Errors.TargetDenied(path, e.Message),
        _ when IsDiskFull(e) => Errors.DiskFull(path),
        _ when IsLocked(e) => Errors.TargetLocked(path),
        _ => Errors.TargetDenied(path, e.Message),
    };

    public static GcpException Reading(Exception e, string path) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => Errors.FileNotFound(path),
        _ when Directory.Exists(path) => Errors.FileIsFolder(path),
        _ => Errors.FileNotReadable(path, e.Message),
    };

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsOne(e))
        {
            // Another program holds it; the failure that led here says more.
        }
    }

    // Windows: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, as HRESULTs. Unix: ENOSPC, EFBIG, EDQUOT (Linux, macOS), as they are.
    private static bool IsDiskFull(Exception e) => IsWindows
        ? (uint)e.HResult is 0x80070070 or 0x80070027
        : e.HResult is 28 or 27 or 122 or 69;

    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_USER_MAPPED_FILE; the runtime's own locks on Unix: EAGAIN (Linux, macOS).
    private static bool IsLocked(Exception e) => IsWindows
        ? (uint)e.HResult is 0x80070020 or 0x80070021 or 0x800704C8
        : e.HResult is 11 or 35;

    private static bool IsWindows => Path.DirectorySeparatorChar == '\\';
}
