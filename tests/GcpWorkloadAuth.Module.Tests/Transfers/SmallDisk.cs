using System.Diagnostics;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>A disk of a few MiB, where this user may mount one.</summary>
internal static class SmallDisk
{
    public static bool TryMount(string folder, int mebibytes)
    {
        Directory.CreateDirectory(folder);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder))
        {
            return true;
        }

        Directory.Delete(folder);
        return false;
    }

    public static void Unmount(string folder)
    {
        Run("umount", folder);
        Directory.Delete(folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
