using System;
using System.Collections.Generic;
using Markdig.Syntax;

namespace HelpBuilder.Pages;

/// <summary>A heading of a page with what is below it.</summary>
public sealed class PageSection
{
    private readonly List<Block> _blocks = [];
    private readonly List<PageSection> _sections = [];

    internal PageSection(string heading, int level, int headingLine)
    {
        Heading = heading;
        Level = level;
        HeadingLine = headingLine;
    }

    /// <summary>The heading's text.</summary>
    public string Heading { get; }

    /// <summary>1 for the page's title.</summary>
    public int Level { get; }

    /// <summary>The line of the heading, counted from 0; -1 for what stands before the first heading.</summary>
    public int HeadingLine { get; }

    /// <summary>The line behind the last one of the section, its subsections included.</summary>
    public int EndLine { get; internal set; }

    /// <summary>The blocks below the heading, before the first subsection.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>The subsections.</summary>
    public IReadOnlyList<PageSection> Sections => _sections;

    /// <summary>The subsection with that heading, or null.</summary>
    public PageSection? Find(string heading)
    {
        foreach (PageSection section in _sections)
        {
            if (string.Equals(section.Heading, heading, StringComparison.OrdinalIgnoreCase))
            {
                return section;
            }
        }

        return null;
    }

    internal void Add(Block block) => _blocks.Add(block);

    internal void Add(PageSection section) => _sections.Add(section);
}
