using System.Reflection;
using System.Text.RegularExpressions;

namespace GcpWorkloadAuth.Engine.Tests.Catalogue;

/// <summary>The module's own source text: what is mentioned nowhere is used nowhere.</summary>
internal static class Sources
{
    private static readonly Lazy<Dictionary<string, string>> s_files = new(Read);

    public static bool Mention(string text) => s_files.Value.Values.Any(
        source => Regex.IsMatch(source, Regex.Escape(text) + (char.IsLetter(text[^1]) ? @"\b" : string.Empty)));

    public static IEnumerable<string> Matches(string pattern) =>
        s_files.Value.Values.SelectMany(source => Regex.Matches(source, pattern)).Select(m => m.Groups[1].Value);

    public static IEnumerable<string> FilesWith(string text) =>
        s_files.Value.Where(f => f.Value.Contains(text, StringComparison.Ordinal)).Select(f => f.Key).Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Read()
    {
        string root = typeof(Sources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SourceRoot").Value!;
        return new[] { "GcpWorkloadAuth", "GcpWorkloadAuth.Engine" }
            .Select(project => Path.Combine(root, project))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file)))
            .Where(f => !Regex.IsMatch(f.Name, "^(bin|obj)/"))
            .ToDictionary(f => f.Name + (f.File.Contains(".Engine", StringComparison.Ordinal) ? " (engine)" : string.Empty), f => File.ReadAllText(f.File));
    }
}
