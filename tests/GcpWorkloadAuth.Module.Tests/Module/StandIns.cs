using System.Reflection;
using System.Reflection.Emit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>Assemblies and modules made for a test: what another module might have brought into the process.</summary>
internal static class StandIns
{
    /// <summary>Writes an assembly of that name and version. It holds one type of its own and nothing that its name promises.</summary>
    /// <returns>The path of the file.</returns>
    public static string WriteAssembly(string folder, string name, string version)
    {
        Directory.CreateDirectory(folder);
        PersistedAssemblyBuilder assembly = new(new AssemblyName(name) { Version = new Version(version) }, typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule(name);
        module.DefineType("StandIn.Nothing", TypeAttributes.Public | TypeAttributes.Class).CreateType();
        string path = Path.Combine(folder, name + ".dll");
        assembly.Save(path);
        return path;
    }

    /// <summary>Writes a binary module without cmdlets, in the shape of ours: manifest, dll, format file, types file.</summary>
    /// <returns>The path of the manifest.</returns>
    public static string WriteEmptyModule(string folder)
    {
        const string Name = "EmptyModule";
        WriteAssembly(folder, Name, "1.0.0.0");
        File.WriteAllText(Path.Combine(folder, Name + ".Types.ps1xml"), """
            <?xml version="1.0" encoding="utf-8"?>
            <Types><Type><Name>EmptyModule.Thing</Name><Members><NoteProperty><Name>A</Name><Value>1</Value></NoteProperty></Members></Type></Types>
            """);
        File.WriteAllText(Path.Combine(folder, Name + ".Format.ps1xml"), """
            <?xml version="1.0" encoding="utf-8"?>
            <Configuration><ViewDefinitions><View><Name>A</Name><ViewSelectedBy><TypeName>EmptyModule.Thing</TypeName></ViewSelectedBy><TableControl>
            <TableHeaders><TableColumnHeader/></TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><ScriptBlock>$_.A
            </ScriptBlock></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>
            """);
        string manifest = Path.Combine(folder, Name + ".psd1");
        File.WriteAllText(manifest, """
            @{ RootModule = 'EmptyModule.dll'; ModuleVersion = '1.0'; GUID = '0e2b0a3c-2f4a-4f0e-8f57-0d2d1c5f5a01'
               FormatsToProcess = 'EmptyModule.Format.ps1xml'; TypesToProcess = 'EmptyModule.Types.ps1xml'
               CmdletsToExport = @(); FunctionsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }
            """);
        return manifest;
    }
}
