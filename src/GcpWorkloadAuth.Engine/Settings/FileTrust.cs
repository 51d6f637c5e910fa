using System;
using System.IO;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>Who may read, write or own a file: whether what it says can be believed, and whether its secrets are kept.</summary>
internal static class FileTrust
{
    /// <summary>True where people other than the owner and the administrators can read the file. False where that cannot be told.</summary>
    public static bool OthersMayRead(string path)
    {
        try
        {
#if NET
            if (!OperatingSystem.IsWindows())
            {
                return (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;
            }
#endif
            return WindowsFileAccess.AnybodyMayRead(path);
        }
        catch (Exception e) when (e is IOException or SystemException)
        {
            return false;
        }
    }

    /// <summary>
    /// True where the file belongs to this user, to root or to the Administrators, and nobody else may change it. False where that
    /// cannot be told.
    /// </summary>
    public static bool IsTrusted(string path)
    {
        try
        {
#if NET
            if (!OperatingSystem.IsWindows())
            {
                return UnixFileOwner.IsTrusted(path);
            }
#endif
            return WindowsFileAccess.IsOwnedByTrusted(path) && !WindowsFileAccess.AnybodyMayWrite(path);
        }
        catch (Exception e) when (e is IOException or SystemException)
        {
            return false;
        }
    }
}
