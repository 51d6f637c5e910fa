using System.IO.Compression;
using System.Xml.Linq;

namespace Packager;

/// <summary>
/// The package as Publish-Module and Publish-PSResource make it: the module's files at its root, a nuspec, the parts that the Open
/// Packaging Conventions ask for.
/// </summary>
internal static class GalleryPackage
{
    /// <summary>The Gallery's own limit on tags, all together.</summary>
    internal const int TagLimit = 4000;

    private static readonly XNamespace s_nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
    private static readonly XNamespace s_relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace s_types = "http://schemas.openxmlformats.org/package/2006/content-types";

    public static string Write(Manifest manifest, string folder)
    {
        string path = Path.Combine(folder, Manifest.Name + "." + manifest.Version + ".nupkg");
        File.Delete(path);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        string[] files = [.. manifest.Files];
        Archive.AddText(archive, "_rels/.rels", Relations().ToString());
        Archive.AddText(archive, Manifest.Name + ".nuspec", Declared(Nuspec(manifest)));
        foreach (string file in files)
        {
            Archive.AddFile(archive, file, Path.Combine(manifest.Folder, file));
        }

        Archive.AddText(archive, "[Content_Types].xml", Declared(Types(files)));
        return path;
    }

    /// <summary>The manifest's tags, the editions and the commands, as many whole ones as the Gallery takes.</summary>
    internal static string Tags(Manifest manifest)
    {
        IEnumerable<string> wanted = manifest.Tags
            .Concat(["PSModule"])
            .Concat(manifest.Editions.Select(static edition => "PSEdition_" + edition))
            .Concat(["PSIncludes_Cmdlet"])
            .Concat(manifest.Cmdlets.Select(static cmdlet => "PSCmdlet_" + cmdlet))
            .Concat(manifest.Cmdlets.Concat(manifest.Aliases).Select(static command => "PSCommand_" + command));
        string tags = string.Empty;
        foreach (string tag in wanted)
        {
            string longer = tags.Length == 0 ? tag : tags + " " + tag;
            if (longer.Length >= TagLimit)
            {
                break;
            }

            tags = longer;
        }

        return tags;
    }

    private static XElement Nuspec(Manifest manifest) => new(
        s_nuspec + "package",
        new XElement(
            s_nuspec + "metadata",
            Element("id", Manifest.Name),
            Element("version", manifest.Version),
            Element("authors", manifest.Author),
            Element("owners", manifest.Company),
            Element("requireLicenseAcceptance", "false"),
            Element("description", manifest.Description),
            Element("releaseNotes", manifest.ReleaseNotes),
            Element("copyright", manifest.Copyright),
            Element("licenseUrl", manifest.LicenseUri),
            Element("projectUrl", manifest.ProjectUri),
            Element("tags", Tags(manifest))));

    private static XElement Element(string name, string value) => new(s_nuspec + name, value);

    private static XElement Relations() => new(
        s_relations + "Relationships",
        new XElement(
            s_relations + "Relationship",
            new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
            new XAttribute("Target", "/" + Manifest.Name + ".nuspec"),
            new XAttribute("Id", "manifest")));

    private static XElement Types(string[] files)
    {
        XElement types = new(s_types + "Types", Type("rels", "application/vnd.openxmlformats-package.relationships+xml"));
        IEnumerable<string> extensions = files.Select(static file => Path.GetExtension(file).TrimStart('.')).Append("nuspec")
            .Where(static extension => extension.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        foreach (string extension in extensions)
        {
            types.Add(Type(extension, "application/octet"));
        }

        foreach (string file in files.Where(static file => Path.GetExtension(file).Length == 0))
        {
            types.Add(new XElement(
                s_types + "Override", new XAttribute("PartName", "/" + file), new XAttribute("ContentType", "application/octet")));
        }

        return types;
    }

    private static XElement Type(string extension, string type) =>
        new(s_types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static string Declared(XElement root) => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root + "\n";
}
