using System;
using System.Collections.Generic;
using System.IO;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace HelpBuilder.Pages;

/// <summary>A markdown page, cut at its headings.</summary>
public sealed class HelpPage
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UsePreciseSourceLocation()
        .Build();

    private HelpPage(string path, string[] lines, Dictionary<string, string> frontMatter, PageSection root, MarkdownDocument document)
    {
        Path = path;
        Lines = lines;
        FrontMatter = frontMatter;
        Root = root;
        Document = document;
    }

    /// <summary>The page's file.</summary>
    public string Path { get; }

    /// <summary>The name of the file, without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The source, line by line.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The key: value lines at the top.</summary>
    public IReadOnlyDictionary<string, string> FrontMatter { get; }

    /// <summary>Everything: what stands before the first heading, and the title as its only section.</summary>
    public PageSection Root { get; }

    /// <summary>The title with everything below it; the root itself where the page has no title.</summary>
    public PageSection Title => Root.Sections.Count > 0 ? Root.Sections[0] : Root;

    /// <summary>The parsed page.</summary>
    public MarkdownDocument Document { get; }

    /// <summary>Reads a page from its file.</summary>
    public static HelpPage Read(string path) => Parse(path, File.ReadAllText(path));

    /// <summary>Reads a page from its text.</summary>
    /// <param name="path">The file it stands for.</param>
    /// <param name="text">The markdown.</param>
    public static HelpPage Parse(string path, string text)
    {
        string unix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        string[] lines = unix.Split('\n');
        MarkdownDocument document = Markdown.Parse(unix, s_pipeline);
        Dictionary<string, string> frontMatter = new(StringComparer.OrdinalIgnoreCase);
        PageSection root = new(string.Empty, 0, -1) { EndLine = lines.Length };
        List<PageSection> open = [root];
        foreach (Block block in document)
        {
            if (block is YamlFrontMatterBlock yaml)
            {
                ReadFrontMatter(yaml, frontMatter);
            }
            else if (block is HeadingBlock { Level: <= 3 } heading)
            {
                while (open[^1].Level >= heading.Level)
                {
                    open[^1].EndLine = heading.Line;
                    open.RemoveAt(open.Count - 1);
                }

                PageSection section = new(PlainText.Of(heading.Inline), heading.Level, heading.Line) { EndLine = lines.Length };
                open[^1].Add(section);
                open.Add(section);
            }
            else if (block is not LinkReferenceDefinitionGroup)
            {
                open[^1].Add(block);
            }
        }

        return new HelpPage(path, lines, frontMatter, root, document);
    }

    private static void ReadFrontMatter(YamlFrontMatterBlock yaml, Dictionary<string, string> values)
    {
        foreach (string line in yaml.Lines.ToString().Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                values[line[..colon].Trim()] = line[(colon + 1)..].Trim().Trim('\'', '"');
            }
        }
    }
}
