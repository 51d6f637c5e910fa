using System.Reflection;
using Packager;

string root = Metadata("RepositoryRoot");
string output = args.Length > 0 ? args[0] : Path.Combine(root, "release");
Manifest manifest = Manifest.Load(Path.Combine(Metadata("StagedModule"), "GcpWorkloadAuth.psd1"));
Directory.CreateDirectory(output);
Console.WriteLine(ModuleZip.Write(manifest, output));
Console.WriteLine(GalleryPackage.Write(manifest, output));
return 0;

static string Metadata(string key) => typeof(Manifest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(attribute => attribute.Key == key).Value!;
