using System.IO.Compression;

namespace Packager;

/// <summary>The module for machines without internet: unpacked into a folder of the module path, it is installed.</summary>
internal static class ModuleZip
{
    public static string Write(Manifest manifest, string folder)
    {
        string path = Path.Combine(folder, Manifest.Name + "-" + manifest.Version + ".zip");
        File.Delete(path);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (string file in manifest.Files)
        {
            Archive.AddFile(archive, Manifest.Name + "/" + manifest.ModuleVersion + "/" + file, Path.Combine(manifest.Folder, file));
        }

        return path;
    }
}
