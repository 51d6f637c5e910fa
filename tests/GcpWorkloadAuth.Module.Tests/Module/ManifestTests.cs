using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>The manifest, and what it promises.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void It_is_data_and_nothing_else()
    {
        Hashtable manifest = Read();

        Assert.Equal("bin/GcpWorkloadAuth.dll", manifest["RootModule"]);
        Assert.Equal(["Desktop", "Core"], Assert.IsType<object[]>(manifest["CompatiblePSEditions"]));
        Assert.Equal("5.1", manifest["PowerShellVersion"]);
    }

    [Fact]
    public void PowerShell_finds_it_valid()
    {
        using Shell shell = new(import: false);

        RunResult result = shell.Run($"Test-ModuleManifest -Path '{Repository.Manifest}'").MustSucceed();

        PSModuleInfo module = result.Single<PSModuleInfo>();
        Assert.Empty(result.Warnings);
        Assert.Equal("GcpWorkloadAuth", module.Name);
        Assert.Equal(Names(Read()["CmdletsToExport"]), module.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_names_one_by_one_what_it_exports()
    {
        Hashtable manifest = Read();

        foreach (string key in (string[])["CmdletsToExport", "FunctionsToExport", "AliasesToExport", "VariablesToExport"])
        {
            Assert.DoesNotContain(Names(manifest[key]), n => WildcardPattern.ContainsWildcardCharacters(n));
        }

        Assert.Empty(Names(manifest["FunctionsToExport"]));
        Assert.Empty(Names(manifest["VariablesToExport"]));
        string[] cmdlets = [.. ((object[])manifest["CmdletsToExport"]!).Cast<string>()];
        Assert.Equal(cmdlets.Order(StringComparer.Ordinal), cmdlets);
    }

    [Fact]
    public void The_Gallery_has_what_it_asks_for()
    {
        Hashtable manifest = Read();
        Hashtable data = Assert.IsType<Hashtable>(Assert.IsType<Hashtable>(manifest["PrivateData"])["PSData"]);

        foreach (string key in (string[])["Author", "CompanyName", "Copyright", "Description", "GUID"])
        {
            Assert.False(string.IsNullOrWhiteSpace(manifest[key] as string), key);
        }

        Assert.All((string[])["LicenseUri", "ProjectUri"], key => Assert.Equal("https", new Uri((string)data[key]!).Scheme));
        List<string> tags = Names(data["Tags"]);
        Assert.All((string[])["Windows", "Linux", "MacOS"], tag => Assert.Contains(tag, tags));
        Assert.DoesNotContain(tags, t => t.Contains(' ', StringComparison.Ordinal));
    }

    [Fact]
    public void Each_assembly_of_ours_has_its_version()
    {
        string version = (string)Read()["ModuleVersion"]!;
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+$"), version);
        Assert.Equal(version, Path.GetFileName(Path.TrimEndingDirectorySeparator(Repository.StagedModule)));

        string[] own = Directory.GetFiles(Repository.StagedModule, "GcpWorkloadAuth*.dll", SearchOption.AllDirectories);
        Assert.Equal(4, own.Length);
        foreach (string path in own)
        {
            Assert.Equal(new Version(new Version(version).Major, 0, 0, 0), AssemblyName.GetAssemblyName(path).Version);
            FileVersionInfo file = FileVersionInfo.GetVersionInfo(path);
            Assert.Equal(version + ".0", file.FileVersion);
            Assert.StartsWith(version, file.ProductVersion, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_root_module_needs_no_more_than_PowerShell_and_netstandard()
    {
        string dll = Path.Combine(Repository.StagedModule, "bin", "GcpWorkloadAuth.dll");
        using PEReader file = new(File.OpenRead(dll));
        MetadataReader reader = file.GetMetadataReader();

        IEnumerable<string> references = reader.AssemblyReferences.Select(r => reader.GetString(reader.GetAssemblyReference(r).Name));

        Assert.Equal(["System.Management.Automation", "netstandard"], references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_manifest_of_the_repository_is_the_staged_one()
    {
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.Root, "GcpWorkloadAuth.psd1")), File.ReadAllBytes(Repository.Manifest));
    }

    private static Hashtable Read()
    {
        ScriptBlockAst script = Parser.ParseFile(Repository.Manifest, out _, out ParseError[] errors);
        Assert.Empty(errors);
        Ast? table = script.Find(static node => node is HashtableAst, searchNestedScriptBlocks: false);
        return Assert.IsType<Hashtable>(Assert.IsType<HashtableAst>(table).SafeGetValue());
    }

    private static List<string> Names(object? value) => value switch
    {
        null => [],
        string one => [one],
        IEnumerable many => [.. many.Cast<string>().Order(StringComparer.Ordinal)],
        _ => throw new InvalidOperationException(value.ToString()),
    };
}
