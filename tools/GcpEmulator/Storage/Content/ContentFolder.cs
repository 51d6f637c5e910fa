using System.Globalization;

namespace GcpEmulator.Storage;

/// <summary>Where large contents lie: one temporary folder an emulated cloud, made at the first need and removed at the end.</summary>
internal sealed class ContentFolder(string? parent = null) : IDisposable
{
    private readonly Lazy<string> _path = new(() => parent is null
        ? Directory.CreateTempSubdirectory("gcp-emulator-").FullName
        : Directory.CreateDirectory(Path.Combine(parent, "gcp-emulator-" + Path.GetRandomFileName())).FullName);
    private long _last;

    /// <summary>Contents up to this size stay in memory.</summary>
    public static int InMemory => 1024 * 1024;

    /// <summary>False leaves MD5 out, as objects made of components have none: it is the slowest part of an upload.</summary>
    public bool ComputeMd5 { get; set; } = true;

    /// <summary>How many files there are: contents, sessions and parts above the limit.</summary>
    public int FileCount => _path.IsValueCreated && Directory.Exists(_path.Value) ? Directory.GetFiles(_path.Value).Length : 0;

    public string NewFile() => Path.Combine(_path.Value, Interlocked.Increment(ref _last).ToString("D8", CultureInfo.InvariantCulture));

    public ContentWriter CreateWriter() => new(this);

    public void Dispose()
    {
        if (_path.IsValueCreated)
        {
            try
            {
                Directory.Delete(_path.Value, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // a reader on Windows still holds a file: the system's own cleaning of the folder remains
            }
        }
    }

    internal static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the folder is gone already, or a reader still holds the file
        }
    }
}
