namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gcp-module-tests-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    // A child process on Windows may hold a file of it a moment longer.
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
