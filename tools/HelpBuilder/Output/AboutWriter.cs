using System;
using System.Collections.Generic;
using System.Text;
using HelpBuilder.Pages;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace HelpBuilder.Output;

/// <summary>Turns an about_ page into the text that Get-Help shows, 80 columns wide.</summary>
public static class AboutWriter
{
    internal const string ShortDescription = "SHORT DESCRIPTION";
    internal const string LongDescription = "LONG DESCRIPTION";
    internal const int Width = 80;
    internal const int BodyIndent = 4;
    internal const int CodeIndent = 6;

    /// <summary>The text of a page.</summary>
    public static string Write(HelpPage page)
    {
        List<string> lines = ["TOPIC", Indent(BodyIndent) + page.Title.Heading, string.Empty];
        AddBlocks(lines, page.Title.Blocks, BodyIndent);
        foreach (PageSection section in page.Title.Sections)
        {
            AddSection(lines, section);
        }

        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The file's content: a mark at its head where it holds more than ASCII, which Windows PowerShell would take for ANSI.</summary>
    public static byte[] Encode(string text)
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: !Ascii.IsValid(text));
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    private static void AddSection(List<string> lines, PageSection section)
    {
        bool isTop = section.Level <= 2;
        lines.Add(isTop ? section.Heading.ToUpperInvariant() : "  " + section.Heading);
        AddBlocks(lines, section.Blocks, BodyIndent);
        foreach (PageSection inner in section.Sections)
        {
            AddSection(lines, inner);
        }
    }

    private static void AddBlocks(List<string> lines, IEnumerable<Block> blocks, int indent)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case ListBlock list:
                    AddList(lines, list, indent);
                    break;
                case Table table:
                    AddTable(lines, table, indent);
                    break;
                case CodeBlock code:
                    foreach (string line in PlainText.Code(code))
                    {
                        lines.Add((Indent(CodeIndent) + line).TrimEnd());
                    }

                    lines.Add(string.Empty);
                    break;
                default:
                    foreach (string paragraph in PlainText.Paragraphs([block]))
                    {
                        AddWrapped(lines, paragraph, Indent(indent), Indent(indent));
                        lines.Add(string.Empty);
                    }

                    break;
            }
        }
    }

    private static void AddList(List<string> lines, ListBlock list, int indent)
    {
        int index = 0;
        foreach (Block item in list)
        {
            string bullet = PlainText.Bullet(list, index++);
            bool isFirst = true;
            foreach (string paragraph in PlainText.Paragraphs((ListItemBlock)item))
            {
                string hanging = Indent(indent + bullet.Length);
                AddWrapped(lines, paragraph, isFirst ? Indent(indent) + bullet : hanging, hanging);
                isFirst = false;
            }
        }

        lines.Add(string.Empty);
    }

    // Every column but the last is as wide as its widest cell; the last one wraps.
    private static void AddTable(List<string> lines, Table table, int indent)
    {
        IReadOnlyList<IReadOnlyList<string>> rows = PlainText.Cells(table);
        int columns = rows[0].Count;
        int[] widths = new int[columns];
        foreach (IReadOnlyList<string> row in rows)
        {
            for (int i = 0; i < row.Count; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        AddRow(lines, rows[0], widths, indent);
        List<string> rule = [];
        for (int i = 0; i < columns; i++)
        {
            rule.Add(new string('-', rows[0][i].Length));
        }

        AddRow(lines, rule, widths, indent);
        for (int i = 1; i < rows.Count; i++)
        {
            AddRow(lines, rows[i], widths, indent);
        }

        lines.Add(string.Empty);
    }

    private static void AddRow(List<string> lines, IReadOnlyList<string> row, int[] widths, int indent)
    {
        StringBuilder head = new(Indent(indent));
        for (int i = 0; i < row.Count - 1; i++)
        {
            head.Append(row[i].PadRight(widths[i] + 2));
        }

        AddWrapped(lines, row[^1], head.ToString(), Indent(head.Length));
    }

    private static void AddWrapped(List<string> lines, string text, string first, string hanging)
    {
        StringBuilder line = new(first);
        int start = first.Length;
        foreach (string word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > start && line.Length + 1 + word.Length > Width)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear().Append(hanging);
                start = hanging.Length;
            }

            if (line.Length > start)
            {
                line.Append(' ');
            }

            line.Append(word);
        }

        lines.Add(line.ToString().TrimEnd());
    }

    private static string Indent(int count) => new(' ', count);
}
