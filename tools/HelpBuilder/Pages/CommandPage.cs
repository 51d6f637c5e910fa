using System;
using System.Collections.Generic;
using Markdig.Syntax;

namespace HelpBuilder.Pages;

/// <summary>An example of a page.</summary>
/// <param name="Title">The title, "Example 1: ...".</param>
/// <param name="Introduction">The paragraphs before the code.</param>
/// <param name="Code">The first block of PowerShell code; empty where there is none.</param>
/// <param name="Remarks">The paragraphs behind it.</param>
public sealed record PageExample(
    string Title, IReadOnlyList<string> Introduction, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type a cmdlet takes or emits, as its page tells of it.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Description">What the page says of it.</param>
public sealed record PageType(string Type, IReadOnlyList<string> Description);

/// <summary>A link at the end of a page.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Uri">Its address; empty for another page of the same help.</param>
public sealed record PageLink(string Text, string Uri);

/// <summary>The page of a cmdlet, in the schema of PlatyPS (2024-05-01).</summary>
public sealed class CommandPage
{
    /// <summary>The sections of the schema, in order.</summary>
    public static readonly IReadOnlyList<string> SectionNames =
    [
        Synopsis, Syntax, Aliases, Description, Examples, Parameters, Inputs, Outputs, Notes, RelatedLinks,
    ];

    internal const string Synopsis = "SYNOPSIS";
    internal const string Syntax = "SYNTAX";
    internal const string Aliases = "ALIASES";
    internal const string Description = "DESCRIPTION";
    internal const string Examples = "EXAMPLES";
    internal const string Parameters = "PARAMETERS";
    internal const string Inputs = "INPUTS";
    internal const string Outputs = "OUTPUTS";
    internal const string Notes = "NOTES";
    internal const string RelatedLinks = "RELATED LINKS";
    internal const string CommonParameters = "CommonParameters";

    /// <summary>Views a page as that of a cmdlet.</summary>
    public CommandPage(HelpPage page) => Page = page;

    /// <summary>The page itself.</summary>
    public HelpPage Page { get; }

    /// <summary>The cmdlet's name.</summary>
    public string Name => Page.Title.Heading;

    /// <summary>The synopsis in one line; empty where there is none.</summary>
    public string SynopsisText => string.Join(' ', TextOf(Synopsis));

    /// <summary>The paragraphs of the description.</summary>
    public IReadOnlyList<string> DescriptionText => TextOf(Description);

    /// <summary>The paragraphs of the notes.</summary>
    public IReadOnlyList<string> NotesText => TextOf(Notes);

    /// <summary>The sections of the parameters, by heading "-Name".</summary>
    public IReadOnlyList<PageSection> ParameterSections => Page.Title.Find(Parameters)?.Sections ?? [];

    /// <summary>What the page says of a parameter; empty where it says nothing.</summary>
    public IReadOnlyList<string> ParameterText(string name) =>
        FindParameter(name) is { } section ? PlainText.Paragraphs(WithoutYaml(section)) : [];

    /// <summary>The section of a parameter, or null.</summary>
    public PageSection? FindParameter(string name) => Page.Title.Find(Parameters)?.Find("-" + name);

    /// <summary>The types a cmdlet takes from the pipeline.</summary>
    public IReadOnlyList<PageType> InputTypes => TypesOf(Inputs);

    /// <summary>The types a cmdlet emits.</summary>
    public IReadOnlyList<PageType> OutputTypes => TypesOf(Outputs);

    /// <summary>The examples.</summary>
    public IReadOnlyList<PageExample> ReadExamples()
    {
        List<PageExample> examples = [];
        foreach (PageSection section in Page.Title.Find(Examples)?.Sections ?? [])
        {
            List<Block> before = [];
            List<Block> after = [];
            string? code = null;
            foreach (Block block in section.Blocks)
            {
                if (code is null && block is FencedCodeBlock fence && IsPowerShell(fence))
                {
                    code = string.Join("\n", PlainText.Code(fence));
                }
                else
                {
                    (code is null ? before : after).Add(block);
                }
            }

            examples.Add(new PageExample(
                section.Heading, PlainText.Paragraphs(before), code ?? string.Empty, PlainText.Paragraphs(after)));
        }

        return examples;
    }

    /// <summary>The links at the end.</summary>
    public IReadOnlyList<PageLink> ReadLinks()
    {
        List<PageLink> links = [];
        if (Page.Title.Find(RelatedLinks) is not { } section)
        {
            return links;
        }

        foreach (Block block in section.Blocks)
        {
            foreach (MarkdownObject item in block.Descendants())
            {
                if (item is Markdig.Syntax.Inlines.LinkInline { Url: { } url } link)
                {
                    bool isAbsolute = url.Contains("://", StringComparison.Ordinal);
                    links.Add(new PageLink(PlainText.Of(link), isAbsolute ? url : string.Empty));
                }
            }
        }

        return links;
    }

    internal static bool IsPowerShell(Block block) =>
        string.Equals(PlainText.Language(block), "powershell", StringComparison.OrdinalIgnoreCase);

    internal static bool IsYaml(Block block) =>
        string.Equals(PlainText.Language(block), "yaml", StringComparison.OrdinalIgnoreCase);

    private static List<Block> WithoutYaml(PageSection section)
    {
        List<Block> blocks = [];
        foreach (Block block in section.Blocks)
        {
            if (!IsYaml(block))
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    private IReadOnlyList<string> TextOf(string section) =>
        Page.Title.Find(section) is { } found ? PlainText.Paragraphs(found.Blocks) : [];

    private List<PageType> TypesOf(string name)
    {
        List<PageType> types = [];
        foreach (PageSection section in Page.Title.Find(name)?.Sections ?? [])
        {
            types.Add(new PageType(section.Heading, PlainText.Paragraphs(section.Blocks)));
        }

        return types;
    }
}
