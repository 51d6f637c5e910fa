using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace HelpBuilder.Pages;

/// <summary>Markdown as the plain text of a help screen.</summary>
internal static class PlainText
{
    /// <summary>The text of a line or paragraph, without marks; an absolute link keeps its address.</summary>
    public static string Of(ContainerInline? inlines)
    {
        StringBuilder text = new();
        Append(text, inlines);
        return text.ToString().Trim();
    }

    /// <summary>The lines of a code block.</summary>
    public static IReadOnlyList<string> Code(LeafBlock block)
    {
        List<string> lines = [];
        StringLineGroup group = block.Lines;
        for (int i = 0; i < group.Count; i++)
        {
            lines.Add(group.Lines[i].ToString().TrimEnd());
        }

        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    /// <summary>The language behind the opening fence; empty where there is none.</summary>
    public static string Language(Block block) => (block as FencedCodeBlock)?.Info ?? string.Empty;

    /// <summary>Blocks as paragraphs: an item of a list and a whole code block are a paragraph each.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<Block> blocks)
    {
        List<string> paragraphs = [];
        foreach (Block block in blocks)
        {
            AddParagraphs(paragraphs, block);
        }

        return paragraphs;
    }

    /// <summary>The mark of a list item: a dash or its number.</summary>
    public static string Bullet(ListBlock list, int index)
    {
        if (!list.IsOrdered)
        {
            return "- ";
        }

        int first = int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 1;
        return (first + index).ToString(CultureInfo.InvariantCulture) + ". ";
    }

    /// <summary>The cells of a table, row by row, the header first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Cells(Table table)
    {
        List<IReadOnlyList<string>> rows = [];
        foreach (Block row in table)
        {
            List<string> cells = [];
            foreach (Block cell in (TableRow)row)
            {
                cells.Add(string.Join(' ', Paragraphs((TableCell)cell)));
            }

            rows.Add(cells);
        }

        return rows;
    }

    private static void AddParagraphs(List<string> paragraphs, Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                paragraphs.Add(Of(paragraph.Inline));
                break;
            case HeadingBlock heading:
                paragraphs.Add(Of(heading.Inline));
                break;
            case ListBlock list:
                int index = 0;
                foreach (Block item in list)
                {
                    IReadOnlyList<string> inner = Paragraphs((ListItemBlock)item);
                    paragraphs.Add(Bullet(list, index++) + string.Join("\n", inner));
                }

                break;
            case Table table:
                foreach (IReadOnlyList<string> row in Cells(table))
                {
                    paragraphs.Add(string.Join(" - ", row));
                }

                break;
            case CodeBlock code:
                paragraphs.Add("    " + string.Join("\n    ", Code(code)));
                break;
            case QuoteBlock quote:
                paragraphs.AddRange(Paragraphs(quote));
                break;
            default:
                break;
        }
    }

    private static void Append(StringBuilder text, ContainerInline? inlines)
    {
        if (inlines is null)
        {
            return;
        }

        foreach (Inline inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline lineBreak:
                    text.Append(lineBreak.IsHard ? '\n' : ' ');
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case HtmlInline html:
                    text.Append(html.Tag);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case LinkInline link:
                    AppendLink(text, link);
                    break;
                case ContainerInline container:
                    Append(text, container);
                    break;
                default:
                    break;
            }
        }
    }

    private static void AppendLink(StringBuilder text, LinkInline link)
    {
        int start = text.Length;
        Append(text, link);
        if (link.Url is { } url && url.Contains("://", StringComparison.Ordinal) && text.ToString(start, text.Length - start) != url)
        {
            text.Append(" (").Append(url).Append(')');
        }
    }
}
