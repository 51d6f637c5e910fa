using System.IO.Compression;

namespace Packager;

/// <summary>Zip files that are the same, byte for byte, from the same content.</summary>
internal static class Archive
{
    // Zip knows no time before 1980, and the build's own would make each one different.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void AddFile(ZipArchive archive, string name, string path)
    {
        using Stream target = Create(archive, name);
        using FileStream source = File.OpenRead(path);
        source.CopyTo(target);
    }

    public static void AddText(ZipArchive archive, string name, string text)
    {
        using StreamWriter writer = new(Create(archive, name));
        writer.Write(text);
    }

    private static Stream Create(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = s_time;
        return entry.Open();
    }
}
