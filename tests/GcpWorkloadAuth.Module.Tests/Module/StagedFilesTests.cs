using System.Management.Automation.Language;
using System.Text;
using GcpWorkloadAuth.Module.Tests.Harness;
using Xunit;

namespace GcpWorkloadAuth.Module.Tests.Module;

/// <summary>The staged folder: exactly what the Gallery gets.</summary>
public sealed class StagedFilesTests
{
    private static readonly string[] s_text = [".ps1", ".psm1", ".psd1", ".ps1xml", ".xml", ".txt", ".md"];

    [Fact]
    public void It_holds_these_files_and_no_others()
    {
        List<string> expected =
        [
            "GcpWorkloadAuth.psd1",
            "THIRD-PARTY-NOTICES.txt",
            "bin/GcpWorkloadAuth.Format.ps1xml",
            "bin/GcpWorkloadAuth.Types.ps1xml",
            "bin/GcpWorkloadAuth.dll",
            "en-US/GcpWorkloadAuth.dll-Help.xml",
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "en-US"), "about_*.md")
                .Select(f => "en-US/" + Path.GetFileNameWithoutExtension(f) + ".help.txt"),
            .. Libraries("net472", ["GcpWorkloadAuth.Engine.dll"]),
            .. Libraries("net8.0", ["GcpWorkloadAuth.Engine.dll", "GcpWorkloadAuth.Loader.dll"]),
            .. ((string[])["LICENSE", "CHANGELOG.md"]).Where(f => File.Exists(Path.Combine(Repository.Root, f))),
            .. Below(Path.Combine(Repository.Root, "examples")).Select(f => "examples/" + f),
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Below(Repository.StagedModule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_mirror_beside_the_root_manifest_is_the_same()
    {
        foreach (string folder in (string[])["bin", "lib", "en-US"])
        {
            string staged = Path.Combine(Repository.StagedModule, folder);
            string mirror = Path.Combine(Repository.Root, folder);
            Assert.Equal(Below(staged).Order(StringComparer.Ordinal), Below(mirror).Order(StringComparer.Ordinal));
            Assert.All(Below(staged), f => Assert.Equal(File.ReadAllBytes(Path.Combine(staged, f)), File.ReadAllBytes(Path.Combine(mirror, f))));
        }
    }

    // Windows PowerShell reads a file without a BOM in the system's own code page.
    [Fact]
    public void Text_is_ASCII_or_says_that_it_is_not()
    {
        string[] files = [.. Below(Repository.StagedModule).Where(f => s_text.Contains(Path.GetExtension(f)))];
        Assert.NotEmpty(files);

        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.StagedModule, file));
            Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) || Ascii.IsValid(bytes), file);
        }
    }

    [Fact]
    public void Scripts_parse()
    {
        foreach (string file in Below(Repository.StagedModule).Where(f => Path.GetExtension(f) is ".ps1" or ".psd1" or ".psm1"))
        {
            Parser.ParseFile(Path.Combine(Repository.StagedModule, file), out _, out ParseError[] errors);
            Assert.True(errors.Length == 0, file + ": " + string.Join("; ", errors.Select(e => e.ToString())));
        }
    }

    [Fact]
    public void No_file_names_the_machine_it_was_built_on()
    {
        byte[] root = Encoding.UTF8.GetBytes(Repository.Root);
        byte[] wide = Encoding.Unicode.GetBytes(Repository.Root);
        Assert.SkipWhen(root.Length < 8, "'" + Repository.Root + "' says too little to look for.");

        foreach (string file in Below(Repository.StagedModule))
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.StagedModule, file));
            Assert.False(bytes.AsSpan().IndexOf(root) >= 0 || bytes.AsSpan().IndexOf(wide) >= 0, file + " holds " + Repository.Root);
        }
    }

    [Fact]
    public void Each_library_is_in_the_notices()
    {
        string notices = File.ReadAllText(Path.Combine(Repository.StagedModule, "THIRD-PARTY-NOTICES.txt"));
        string[] foreign = [.. Libraries("net8.0", []).Select(f => Path.GetFileNameWithoutExtension(f))];

        Assert.All(foreign, name => Assert.Contains(name, notices, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Libraries(string framework, string[] own) =>
        ((string[])[.. own, "Google.Apis.Auth.dll", "Google.Apis.Core.dll", "Google.Apis.dll", "Newtonsoft.Json.dll"])
        .Select(f => "lib/" + framework + "/" + f);

    private static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            : [];
}
