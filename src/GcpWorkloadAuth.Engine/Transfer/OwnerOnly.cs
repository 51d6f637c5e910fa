using System.IO;
using System.Security.AccessControl;
using System.Security.Principal;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>Files and folders that nobody but this user (and who administers the machine) can read.</summary>
internal static class OwnerOnly
{
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

#if NET
        if (System.OperatingSystem.IsWindows())
        {
            CreateWindowsFolder(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#else
        if (Path.DirectorySeparatorChar == '\\')
        {
            CreateWindowsFolder(path);
        }
        else
        {
            Directory.CreateDirectory(path);
        }
#endif
    }

    /// <summary>A new file. On Windows its folder's access list holds for it.</summary>
    public static FileStream CreateFile(string path)
    {
#if NET
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!System.OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#else
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
#endif
    }

#if NET
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
    private static void CreateWindowsFolder(string path)
    {
        using WindowsIdentity me = WindowsIdentity.GetCurrent();
        DirectorySecurity security = new();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (SecurityIdentifier who in new[] { me.User!, new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null) })
        {
            security.AddAccessRule(new FileSystemAccessRule(
                who, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        }

        DirectoryInfo folder = Directory.CreateDirectory(path);
        folder.SetAccessControl(security);
    }
}
