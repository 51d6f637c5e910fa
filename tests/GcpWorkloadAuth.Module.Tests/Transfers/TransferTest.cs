using System.Security.Cryptography;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Transfers;

/// <summary>A cloud with a bucket, a folder, and a place of its own for notes of stopped transfers.</summary>
public abstract class TransferTest : CloudTest
{
    protected const string Bucket = "demo-project-bucket-0001";

    /// <summary>Where files go and come from.</summary>
    protected string Folder { get; private set; } = string.Empty;

    /// <summary>Where notes of stopped transfers lie.</summary>
    protected string NoteFolder => Path.Combine(DataFolder, "GcpWorkloadAuth", "transfers");

    private string DataFolder { get; set; } = string.Empty;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Folder = Directory.CreateTempSubdirectory("gcp-transfers-").FullName;
        DataFolder = Directory.CreateTempSubdirectory("gcp-data-").FullName;
        Environment.Set(OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "XDG_DATA_HOME", DataFolder);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string At(string name) => Path.Combine(Folder, name);

    protected int Notes => Directory.Exists(NoteFolder) ? Directory.GetFiles(NoteFolder).Length : 0;

    /// <summary>The same bytes for the same seed.</summary>
    protected static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected string FileOf(string name, byte[] content)
    {
        string path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    protected byte[] Stored(string name) => Cloud.State.Objects.Find(Bucket, name)!.ReadAll();

    protected int Downloads => Cloud.Requests.Count(r => r.Method == "GET" && r.Query.Contains("alt=media", StringComparison.Ordinal));

    protected int Uploads => Cloud.Requests.Count(r => r.Path.StartsWith("/upload/", StringComparison.Ordinal));

    protected int StorageRequests => Requests(EmulatedService.Storage).Count;

    protected static string Digest(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    /// <summary>The folder holds these files and nothing else.</summary>
    protected void HoldsOnly(params string[] names) =>
        Xunit.Assert.Equal(names.Select(At).Order(StringComparer.Ordinal), Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
}
