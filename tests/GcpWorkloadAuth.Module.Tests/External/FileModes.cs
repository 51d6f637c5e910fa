namespace GcpWorkloadAuth.Module.Tests.External;

/// <summary>Modes of files where there are such; nothing elsewhere.</summary>
internal static class FileModes
{
    /// <param name="path">A file.</param>
    /// <param name="mode">As ls shows it: nine characters, r w x or a hyphen.</param>
    public static void Set(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)mode.Select((c, i) => c == '-' ? 0 : 1 << (8 - i)).Sum());
        }
    }
}
