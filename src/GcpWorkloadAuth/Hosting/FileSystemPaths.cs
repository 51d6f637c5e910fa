using System.Management.Automation;

namespace GcpWorkloadAuth.Hosting;

/// <summary>Paths as PowerShell means them: relative to its location, which is not the process's directory.</summary>
internal static class FileSystemPaths
{
    /// <summary>The full path in the file system. Refuses other providers. The file need not exist.</summary>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? full : throw Errors.PathNotFileSystem(path, provider.Name);
    }
}
