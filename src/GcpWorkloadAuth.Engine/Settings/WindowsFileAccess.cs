using System;
#if NET
using System.Runtime.Versioning;
#endif
using System.Security.AccessControl;
using System.Security.Principal;

namespace GcpWorkloadAuth.Engine.Settings;

/// <summary>Owner and access list of a file on Windows.</summary>
#if NET
[SupportedOSPlatform("windows")]
#endif
internal static class WindowsFileAccess
{
    private const FileSystemRights Writing = FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.ChangePermissions
        | FileSystemRights.TakeOwnership | FileSystemRights.Delete;

    // Everyone, Authenticated Users, BUILTIN\Users, Guests, Anonymous, Interactive: "well-known SIDs" of Windows.
    private static readonly string[] s_anybody = ["S-1-1-0", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-546", "S-1-5-7", "S-1-5-4"];

    // LocalSystem, BUILTIN\Administrators, TrustedInstaller.
    private static readonly string[] s_administrators =
    [
        "S-1-5-18", "S-1-5-32-544", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
    ];

    public static bool AnybodyMayRead(string path) => AnybodyMay(path, FileSystemRights.ReadData);

    public static bool AnybodyMayWrite(string path) => AnybodyMay(path, Writing);

    /// <summary>True where the owner is this user, LocalSystem, the Administrators or TrustedInstaller.</summary>
    public static bool IsOwnedByTrusted(string path)
    {
        FileSecurity security = new(path, AccessControlSections.Owner);
        string? owner = security.GetOwner(typeof(SecurityIdentifier))?.Value;
        using WindowsIdentity me = WindowsIdentity.GetCurrent();
        return owner is not null && (owner == me.User?.Value || Array.IndexOf(s_administrators, owner) >= 0);
    }

    private static bool AnybodyMay(string path, FileSystemRights rights)
    {
        FileSecurity security = new(path, AccessControlSections.Access);
        foreach (FileSystemAccessRule rule in security.GetAccessRules(true, true, typeof(SecurityIdentifier)))
        {
            if (rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & rights) != 0
                && Array.IndexOf(s_anybody, rule.IdentityReference.Value) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
