#if NET
using System.IO;
#else
using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
#endif

namespace GcpWorkloadAuth.Engine.Sync;

/// <summary>Where a path leads once its last link is followed.</summary>
internal static class LinkTargets
{
#if NET
    public static string RealPath(string path)
    {
        try
        {
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            return (info.ResolveLinkTarget(returnFinalTarget: true) ?? info).FullName.TrimEnd(Path.DirectorySeparatorChar);
        }
        catch (IOException)
        {
            return path;
        }
    }
#else
    private const uint BackupSemantics = 0x02000000; // what opens a folder
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;

    public static string RealPath(string path)
    {
        if (Environment.OSVersion.Platform != PlatformID.Win32NT)
        {
            return path;
        }

        using SafeFileHandle handle = CreateFile(path, 0, ShareAll, IntPtr.Zero, OpenExisting, BackupSemantics, IntPtr.Zero);
        char[] text = new char[32 * 1024];
        uint length = handle.IsInvalid ? 0 : GetFinalPathNameByHandle(handle, text, (uint)text.Length, 0);
        return length > 0 && length < text.Length ? new string(text, 0, (int)length) : path;
    }

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(
        string name, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetFinalPathNameByHandle(SafeFileHandle file, [Out] char[] path, uint length, uint flags);
#endif
}
