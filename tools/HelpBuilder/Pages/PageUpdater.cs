using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using HelpBuilder.Facts;
using Markdig.Syntax;

namespace HelpBuilder.Pages;

/// <summary>Brings the machine-owned parts of the pages up to date and leaves every word of prose as it is.</summary>
public static class PageUpdater
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly IReadOnlyList<string> s_commonBody = [string.Empty, .. MachineParts.CommonParameters, string.Empty];

    /// <summary>Updates the pages of a folder, and begins those that are missing.</summary>
    /// <param name="module">The module's facts.</param>
    /// <param name="docsFolder">The folder of the pages.</param>
    /// <returns>The files that changed.</returns>
    public static IReadOnlyList<string> UpdateFolder(ModuleFacts module, string docsFolder)
    {
        List<string> changed = [];
        Directory.CreateDirectory(docsFolder);
        foreach (CommandFacts command in module.Commands)
        {
            string path = Path.Combine(docsFolder, command.Name + ".md");
            string before = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
            string after = before.Length == 0
                ? MachineParts.PageStub(module, command, DateTime.UtcNow)
                : Update(HelpPage.Parse(path, before), command);

            // A page checked out with Windows line ends keeps them.
            after = before.Contains("\r\n", StringComparison.Ordinal) ? after.Replace("\n", "\r\n", StringComparison.Ordinal) : after;
            if (after != before)
            {
                File.WriteAllText(path, after, s_utf8);
                changed.Add(path);
            }
        }

        return changed;
    }

    /// <summary>The text of a page with its machine-owned parts as the module has them.</summary>
    public static string Update(HelpPage page, CommandFacts command)
    {
        HelpPage whole = AddMissingParameters(page, command);

        // From the bottom up, so that the line numbers above stay right.
        List<string> lines = [.. whole.Lines];
        IReadOnlyList<PageSection> parameters = new CommandPage(whole).ParameterSections;
        for (int i = parameters.Count - 1; i >= 0; i--)
        {
            UpdateParameter(lines, parameters[i], command);
        }

        ReplaceBody(lines, whole.Title.Find(CommandPage.Aliases), MachineParts.Aliases(command));
        ReplaceBody(lines, whole.Title.Find(CommandPage.Syntax), MachineParts.Syntax(command));
        UpdateFrontMatter(lines, whole, command);
        return string.Join('\n', lines);
    }

    private static HelpPage AddMissingParameters(HelpPage page, CommandFacts command)
    {
        if (page.Title.Find(CommandPage.Parameters) is not { } parameters)
        {
            return page;
        }

        List<(int Line, string Name, IReadOnlyList<string> Stub)> stubs = [];
        foreach (ParameterFacts parameter in command.Parameters)
        {
            if (parameters.Find("-" + parameter.Name) is null)
            {
                stubs.Add((PlaceFor(parameters, parameter.Name), parameter.Name, MachineParts.ParameterStub(command, parameter)));
            }
        }

        if (parameters.Find(CommandPage.CommonParameters) is null)
        {
            IReadOnlyList<string> stub = ["### " + CommandPage.CommonParameters, .. s_commonBody];
            stubs.Add((parameters.EndLine, "~", stub));
        }

        stubs.Sort(static (left, right) => left.Line != right.Line
            ? right.Line.CompareTo(left.Line)
            : string.Compare(right.Name, left.Name, StringComparison.OrdinalIgnoreCase));
        List<string> lines = [.. page.Lines];
        foreach ((int line, _, IReadOnlyList<string> stub) in stubs)
        {
            lines.InsertRange(line, stub);
        }

        return stubs.Count == 0 ? page : HelpPage.Parse(page.Path, string.Join('\n', lines));
    }

    private static void UpdateParameter(List<string> lines, PageSection section, CommandFacts command)
    {
        if (section.Heading == CommandPage.CommonParameters)
        {
            ReplaceBody(lines, section, s_commonBody);
        }
        else if (section.Heading.StartsWith('-') && command.Find(section.Heading[1..]) is { } parameter
            && parameter.Name == section.Heading[1..])
        {
            ReplaceYaml(lines, section, MachineParts.Yaml(command, parameter));
        }
    }

    // Before the first parameter whose name sorts behind it.
    private static int PlaceFor(PageSection parameters, string name)
    {
        foreach (PageSection section in parameters.Sections)
        {
            if (section.Heading == CommandPage.CommonParameters
                || string.Compare(section.Heading.TrimStart('-'), name, StringComparison.OrdinalIgnoreCase) > 0)
            {
                return section.HeadingLine;
            }
        }

        return parameters.EndLine;
    }

    private static void ReplaceBody(List<string> lines, PageSection? section, IReadOnlyList<string> body)
    {
        if (section is null)
        {
            return;
        }

        int start = section.HeadingLine + 1;
        lines.RemoveRange(start, section.EndLine - start);
        lines.InsertRange(start, body);
    }

    private static void ReplaceYaml(List<string> lines, PageSection section, IReadOnlyList<string> yaml)
    {
        foreach (Block block in section.Blocks)
        {
            if (block is FencedCodeBlock fence && CommandPage.IsYaml(fence))
            {
                int start = fence.Line + 1;
                lines.RemoveRange(start, fence.Lines.Count);
                lines.InsertRange(start, yaml);
                return;
            }
        }

        int end = section.EndLine;
        while (end > section.HeadingLine + 1 && lines[end - 1].Length == 0)
        {
            end--;
        }

        lines.InsertRange(end, [string.Empty, "```yaml", .. yaml, "```"]);
    }

    private static void UpdateFrontMatter(List<string> lines, HelpPage page, CommandFacts command)
    {
        Set("external help file", command.HelpFile);
        Set("HelpUri", command.HelpUri.Length == 0 ? "''" : command.HelpUri);
        Set("title", command.Name);

        void Set(string key, string value)
        {
            if (!page.FrontMatter.ContainsKey(key))
            {
                return;
            }

            for (int i = 1; i < lines.Count && lines[i] != "---"; i++)
            {
                if (lines[i].StartsWith(key + ":", true, CultureInfo.InvariantCulture))
                {
                    lines[i] = key + ": " + value;
                }
            }
        }
    }
}
