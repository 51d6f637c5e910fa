#if NET
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>
/// Owner and mode of a file, by the runtime's own native library: the only one that is there on every Unix and has one layout on all
/// of them (dotnet/runtime, pal_io.h: FileStatus begins with Flags, Mode, Uid, Gid, 32 bits each).
/// </summary>
internal static class UnixFileOwner
{
    private const int OthersWrite = 0x12; // S_IWGRP | S_IWOTH

    /// <summary>True where the owner is this process's user or root, and nobody else may write.</summary>
    public static bool IsTrusted(string path)
    {
        byte[] status = new byte[512];
        if (Stat(Encoding.UTF8.GetBytes(path + "\0"), status) != 0)
        {
            return false;
        }

        int mode = BitConverter.ToInt32(status, 4);
        uint owner = BitConverter.ToUInt32(status, 8);
        return (owner == 0 || owner == EffectiveUser()) && (mode & OthersWrite) == 0;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, [Out] byte[] status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
#endif
