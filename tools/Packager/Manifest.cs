using System.Collections;
using System.Management.Automation.Language;

namespace Packager;

/// <summary>What the manifest says, read as the data it is.</summary>
internal sealed class Manifest
{
    private readonly Hashtable _data;

    private Manifest(string folder, Hashtable data)
    {
        Folder = folder;
        _data = data;
    }

    /// <summary>The staged module's folder.</summary>
    public string Folder { get; }

    public static string Name => "GcpWorkloadAuth";

    /// <summary>The version, with the prerelease label where there is one.</summary>
    public string Version => Prerelease is { Length: > 0 } label ? ModuleVersion + "-" + label : ModuleVersion;

    public string ModuleVersion => Text(_data, "ModuleVersion");

    public string Author => Text(_data, "Author");

    public string Company => Text(_data, "CompanyName");

    public string Copyright => Text(_data, "Copyright");

    public string Description => Text(_data, "Description");

    public string LicenseUri => Text(PSData, "LicenseUri");

    public string ProjectUri => Text(PSData, "ProjectUri");

    public string ReleaseNotes => Text(PSData, "ReleaseNotes");

    public IEnumerable<string> Tags => Texts(PSData, "Tags");

    public IEnumerable<string> Editions => Texts(_data, "CompatiblePSEditions");

    public IEnumerable<string> Cmdlets => Texts(_data, "CmdletsToExport");

    public IEnumerable<string> Aliases => Texts(_data, "AliasesToExport");

    private string? Prerelease => PSData["Prerelease"]?.ToString();

    private Hashtable PSData => (Hashtable)((Hashtable)_data["PrivateData"]!)["PSData"]!;

    /// <summary>Every staged file, relative, with forward slashes, in one order.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    /// <summary>Reads a manifest; nothing in it is executed.</summary>
    public static Manifest Load(string path)
    {
        ScriptBlockAst script = Parser.ParseFile(path, out _, out ParseError[] errors);
        Ast? table = errors.Length > 0 ? null : script.Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false);
        return table is HashtableAst data
            ? new Manifest(Path.GetDirectoryName(path)!, (Hashtable)data.SafeGetValue())
            : throw new InvalidDataException(path + " is not a manifest");
    }

    private static string Text(Hashtable table, string key) => table[key]?.ToString() ?? string.Empty;

    private static IEnumerable<string> Texts(Hashtable table, string key) =>
        table[key] is IEnumerable values and not string ? values.Cast<object>().Select(static value => value.ToString()!) : [];
}
