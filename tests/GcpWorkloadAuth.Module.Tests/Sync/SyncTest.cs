using System.Globalization;
using GcpEmulator;
using GcpWorkloadAuth.Module.Tests.Harness;

namespace GcpWorkloadAuth.Module.Tests.Sync;

/// <summary>A folder and a bucket.</summary>
public abstract class SyncTest : CloudTest
{
    protected const string Bucket = "demo-project-bucket-0001";
    protected const string Other = "demo-project-bucket-0002";

    protected string Folder { get; } = Directory.CreateTempSubdirectory("gcs-sync-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => Path.Combine(Folder, name.Replace('/', Path.DirectorySeparatorChar));

    protected string WriteLocal(string name, string content, DateTime? modified = null)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(path, time);
        }

        return path;
    }

    /// <summary>What the bucket holds below a prefix: names and texts.</summary>
    protected SortedDictionary<string, string> Stored(string bucket = Bucket)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (EmulatedObject item in Cloud.State.Objects.All(bucket))
        {
            found[item.Name] = item.ReadText();
        }

        return found;
    }

    /// <summary>What the folder holds: names with slashes, and texts.</summary>
    protected SortedDictionary<string, string> Local()
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (string path in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            found[Path.GetRelativePath(Folder, path).Replace('\\', '/')] = File.ReadAllText(path);
        }

        return found;
    }

    /// <summary>The requests that moved content or changed something.</summary>
    protected int Changes => Requests(EmulatedService.Storage).Count(r => r.Method != "GET" || r.Query.Contains("alt=media", StringComparison.Ordinal));

    protected static string Seconds(DateTime utc) => new DateTimeOffset(utc).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>"Action Name Reason" of each result, in the order of the names.</summary>
    private protected static List<string> Told(RunResult result) =>
    [
        .. result.Output.Select(o => $"{o.Properties["Action"].Value} {o.Properties["Name"].Value} {o.Properties["Reason"].Value}")
            .Order(StringComparer.Ordinal),
    ];
}
