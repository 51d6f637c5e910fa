using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation.Language;
using System.Text;
using HelpBuilder.Facts;
using HelpBuilder.Output;
using HelpBuilder.Pages;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace HelpBuilder;

/// <summary>Compares the pages with the module, so that a build or a test can fail where they differ.</summary>
public static class HelpDrift
{
    private const int LeastExamples = 2;

    /// <summary>Imports the module and compares the pages with it.</summary>
    /// <param name="manifestPath">Path of the staged psd1 file.</param>
    /// <param name="docsFolder">The folder of the pages.</param>
    /// <returns>What differs; empty where nothing does.</returns>
    public static IReadOnlyList<HelpFinding> Check(string manifestPath, string docsFolder) =>
        Check(ModuleReader.Read(manifestPath), docsFolder);

    /// <summary>Compares the pages with facts already read.</summary>
    /// <param name="module">The module's facts.</param>
    /// <param name="docsFolder">The folder of the pages.</param>
    /// <returns>What differs; empty where nothing does.</returns>
    public static IReadOnlyList<HelpFinding> Check(ModuleFacts module, string docsFolder)
    {
        List<HelpFinding> findings = [];
        foreach (CommandFacts command in module.Commands)
        {
            string path = Path.Combine(docsFolder, command.Name + ".md");
            if (!File.Exists(path))
            {
                findings.Add(new HelpFinding(path, "MissingPage", $"{command.Name} has no page"));
                continue;
            }

            new CommandCheck(findings, module, command, new CommandPage(HelpPage.Read(path))).Run();
        }

        CheckStrayPages(findings, module, docsFolder);
        CheckModulePage(findings, module, docsFolder);
        foreach (string about in HelpFolder.AboutPages(docsFolder))
        {
            CheckAbout(findings, HelpPage.Read(about));
        }

        foreach (string path in HelpFolder.Pages(docsFolder))
        {
            CheckAscii(findings, path);
            CheckLinksOf(findings, path);
        }

        return findings;
    }

    /// <summary>Checks the relative links of every markdown file of a folder and below, build output aside.</summary>
    public static IReadOnlyList<HelpFinding> CheckLinks(string rootFolder)
    {
        List<HelpFinding> findings = [];
        HashSet<string> skipped = new(StringComparer.OrdinalIgnoreCase) { "artifacts", "output", "node_modules", "bin", "obj", "release" };
        Queue<string> folders = new([rootFolder]);
        while (folders.TryDequeue(out string? folder))
        {
            foreach (string path in HelpFolder.Pages(folder))
            {
                CheckLinksOf(findings, path);
            }

            foreach (string inner in Directory.GetDirectories(folder))
            {
                string name = Path.GetFileName(inner);
                if (!name.StartsWith('.') && !skipped.Contains(name))
                {
                    folders.Enqueue(inner);
                }
            }
        }

        return findings;
    }

    private static void CheckStrayPages(List<HelpFinding> findings, ModuleFacts module, string docsFolder)
    {
        foreach (string path in HelpFolder.Pages(docsFolder))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            bool isKnown = name == module.Name || name.StartsWith(HelpFolder.AboutPrefix, StringComparison.Ordinal)
                || module.Find(name)?.Name == name;
            if (!isKnown)
            {
                findings.Add(new HelpFinding(path, "UnknownPage", $"the module exports no {name}"));
            }
        }
    }

    private static void CheckModulePage(List<HelpFinding> findings, ModuleFacts module, string docsFolder)
    {
        string path = Path.Combine(docsFolder, module.Name + ".md");
        if (!File.Exists(path))
        {
            findings.Add(new HelpFinding(path, "MissingPage", "the module has no page"));
            return;
        }

        HelpPage page = HelpPage.Read(path);
        if (!page.FrontMatter.TryGetValue("Module Guid", out string? guid) || !string.Equals(guid, module.ModuleId, StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(new HelpFinding(path, "FrontMatter", $"Module Guid is not {module.ModuleId}"));
        }

        PageSection? cmdlets = page.Title.Find(module.Name + " Cmdlets");
        foreach (CommandFacts command in module.Commands)
        {
            string own = Path.Combine(docsFolder, command.Name + ".md");
            if (cmdlets?.Find(command.Name) is not { } section)
            {
                findings.Add(new HelpFinding(path, "NotListed", $"{command.Name} is missing"));
            }
            else if (File.Exists(own)
                && string.Join(' ', PlainText.Paragraphs(section.Blocks)) != new CommandPage(HelpPage.Read(own)).SynopsisText)
            {
                findings.Add(new HelpFinding(path, "SynopsisDiffers", $"{command.Name} has another synopsis on its own page"));
            }
        }

        foreach (PageSection section in cmdlets?.Sections ?? [])
        {
            if (module.Find(section.Heading)?.Name != section.Heading)
            {
                findings.Add(new HelpFinding(path, "UnknownCommand", $"the module exports no {section.Heading}"));
            }
        }

        foreach (string about in HelpFolder.AboutPages(docsFolder))
        {
            string name = Path.GetFileNameWithoutExtension(about);
            if (!LinksOf(page).Contains(name + ".md"))
            {
                findings.Add(new HelpFinding(path, "NotListed", $"{name} is missing"));
            }
        }
    }

    private static void CheckAbout(List<HelpFinding> findings, HelpPage page)
    {
        if (page.Title.Heading != page.Name)
        {
            findings.Add(new HelpFinding(page.Path, "Title", $"the title is not {page.Name}"));
        }

        PageSection? summary = page.Title.Find(AboutWriter.ShortDescription);
        string text = string.Join(' ', PlainText.Paragraphs(summary?.Blocks ?? []));
        if (text.Length == 0 || text.Length > AboutWriter.Width - AboutWriter.BodyIndent)
        {
            // Get-Help lists the fifth line of the text as the synopsis of the topic.
            findings.Add(new HelpFinding(page.Path, "ShortDescription", "it must be there and fit one line of 76 characters"));
        }

        if (page.Title.Find(AboutWriter.LongDescription) is null)
        {
            findings.Add(new HelpFinding(page.Path, "MissingSection", AboutWriter.LongDescription));
        }

        foreach (string line in AboutWriter.Write(page).Split('\n'))
        {
            if (line.Length > AboutWriter.Width)
            {
                findings.Add(new HelpFinding(page.Path, "TooWide", $"'{line.Trim()}' does not fit {AboutWriter.Width} columns"));
            }
        }
    }

    private static void CheckAscii(List<HelpFinding> findings, string path)
    {
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!Ascii.IsValid(lines[i]))
            {
                findings.Add(new HelpFinding(path, "NotAscii", $"line {i + 1}: help is plain ASCII, for consoles that know no more"));
            }
        }
    }

    private static void CheckLinksOf(List<HelpFinding> findings, string path)
    {
        foreach (string link in LinksOf(HelpPage.Read(path)))
        {
            if (link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0
                ? path
                : Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(parts[0]).Replace('/', Path.DirectorySeparatorChar));
            bool exists = File.Exists(target) || Directory.Exists(target);
            if (!exists || (parts.Length == 2 && !HasAnchor(target, parts[1])))
            {
                findings.Add(new HelpFinding(path, "BrokenLink", $"'{link}' leads nowhere"));
            }
        }
    }

    private static bool HasAnchor(string path, string anchor)
    {
        if (!path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (HeadingBlock heading in HelpPage.Read(path).Document.Descendants<HeadingBlock>())
        {
            if (heading.TryGetAttributes()?.Id == anchor)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> LinksOf(HelpPage page)
    {
        List<string> links = [];
        foreach (LinkInline link in page.Document.Descendants<LinkInline>())
        {
            if (link.Url is { Length: > 0 } url)
            {
                links.Add(url);
            }
        }

        return links;
    }

    /// <summary>Compares one page with its cmdlet.</summary>
    private sealed class CommandCheck(List<HelpFinding> findings, ModuleFacts module, CommandFacts command, CommandPage page)
    {
        public void Run()
        {
            if (page.Name != command.Name)
            {
                Add("Title", $"the title is not {command.Name}");
            }

            CheckFrontMatter();
            CheckSections();
            CheckMachineParts();
            CheckParameters();
            CheckExamples();
            CheckTypes();
            if (string.Join('\n', page.Page.Lines).Contains("{{", StringComparison.Ordinal))
            {
                Add("Unfinished", "{{ }} marks text that is still to be written");
            }
        }

        private void CheckFrontMatter()
        {
            CheckValue("HelpUri", command.HelpUri);
            CheckValue("external help file", command.HelpFile);
            CheckValue("Module Name", module.Name);
            CheckValue("title", command.Name);
            CheckValue("document type", "cmdlet");
            CheckValue("PlatyPS schema version", "2024-05-01");

            void CheckValue(string key, string wanted)
            {
                if (!page.Page.FrontMatter.TryGetValue(key, out string? value) || value != wanted)
                {
                    Add("FrontMatter", $"{key} is not '{wanted}'");
                }
            }
        }

        private void CheckSections()
        {
            List<string> found = [];
            foreach (PageSection section in page.Page.Title.Sections)
            {
                found.Add(section.Heading);
            }

            if (string.Join('|', found) != string.Join('|', CommandPage.SectionNames))
            {
                Add("Sections", "they must be, in this order: " + string.Join(", ", CommandPage.SectionNames));
            }

            if (page.SynopsisText.Length == 0)
            {
                Add("MissingSynopsis", "the page has no synopsis");
            }

            if (page.DescriptionText.Count == 0)
            {
                Add("MissingDescription", "the page has no description");
            }
        }

        // What --update would write is what the page must hold.
        private void CheckMachineParts()
        {
            CheckBody("SyntaxDiffers", CommandPage.Syntax, MachineParts.Syntax(command));
            CheckBody("AliasesDiffer", CommandPage.Aliases, MachineParts.Aliases(command));
        }

        private void CheckBody(string rule, string section, IReadOnlyList<string> wanted)
        {
            if (page.Page.Title.Find(section) is { } found
                && Trimmed(Body(found)) != Trimmed(string.Join('\n', wanted)))
            {
                Add(rule, $"{section} is not what the module has; --update rewrites it");
            }
        }

        private void CheckParameters()
        {
            foreach (ParameterFacts parameter in command.Parameters)
            {
                PageSection? section = page.FindParameter(parameter.Name);
                if (section is null || section.Heading != "-" + parameter.Name)
                {
                    Add("MissingParameter", $"-{parameter.Name} is not described");
                    continue;
                }

                if (page.ParameterText(parameter.Name).Count == 0)
                {
                    Add("MissingParameterText", $"-{parameter.Name} has no description");
                }

                if (YamlOf(section) != string.Join('\n', MachineParts.Yaml(command, parameter)))
                {
                    Add("ParameterDiffers", $"the yaml block of -{parameter.Name} is not what the module has; --update rewrites it");
                }
            }

            foreach (PageSection section in page.ParameterSections)
            {
                bool isOurs = section.Heading.StartsWith('-') && command.Find(section.Heading[1..])?.Name == section.Heading[1..];
                if (!isOurs && section.Heading != CommandPage.CommonParameters)
                {
                    Add("UnknownParameter", $"{command.Name} has no parameter {section.Heading}");
                }
            }
        }

        private void CheckExamples()
        {
            IReadOnlyList<PageExample> examples = page.ReadExamples();
            if (examples.Count < LeastExamples)
            {
                Add("TooFewExamples", $"{examples.Count} examples; at least {LeastExamples} are wanted");
            }

            for (int i = 0; i < examples.Count; i++)
            {
                PageExample example = examples[i];
                if (!example.Title.StartsWith($"Example {i + 1}: ", StringComparison.Ordinal))
                {
                    Add("ExampleTitle", $"'{example.Title}' does not begin with 'Example {i + 1}: '");
                }

                if (example.Code.Length == 0)
                {
                    Add("ExampleCode", $"'{example.Title}' has no powershell block");
                }
                else
                {
                    CheckCode(example);
                }
            }
        }

        private void CheckCode(PageExample example)
        {
            ScriptBlockAst script = Parser.ParseInput(example.Code, out _, out ParseError[] errors);
            foreach (ParseError error in errors)
            {
                Add("ExampleDoesNotParse", $"'{example.Title}': {error.Message}");
            }

            bool usesCommand = false;
            foreach (Ast ast in script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true))
            {
                CommandAst call = (CommandAst)ast;
                if (call.GetCommandName() is not { } name || module.Find(name) is not { } called)
                {
                    continue;
                }

                usesCommand |= called == command;
                foreach (CommandElementAst element in call.CommandElements)
                {
                    if (element is CommandParameterAst parameter && called.Find(parameter.ParameterName) is null
                        && !System.Management.Automation.Cmdlet.CommonParameters.Contains(parameter.ParameterName))
                    {
                        Add("ExampleUnknownParameter", $"'{example.Title}': {called.Name} has no -{parameter.ParameterName}");
                    }
                }
            }

            if (!usesCommand)
            {
                Add("ExampleOfAnother", $"'{example.Title}' does not call {command.Name}");
            }
        }

        private void CheckTypes()
        {
            List<string> outputs = [];
            foreach (PageType type in page.OutputTypes)
            {
                outputs.Add(type.Type);
            }

            foreach (string type in command.OutputTypes)
            {
                if (!outputs.Remove(type))
                {
                    Add("MissingOutput", $"OUTPUTS does not name {type}");
                }
            }

            foreach (string type in outputs)
            {
                if (type != "None" || command.OutputTypes.Count > 0)
                {
                    Add("UnknownOutput", $"{command.Name} does not declare the output type {type}");
                }
            }

            if (page.OutputTypes.Count == 0)
            {
                Add("MissingOutput", "OUTPUTS is empty; it says None where nothing is emitted");
            }

            bool saysNone = page.InputTypes.Count == 1 && page.InputTypes[0].Type == "None";
            if (page.InputTypes.Count == 0 || saysNone == command.TakesPipeline)
            {
                Add("Inputs", command.TakesPipeline ? "INPUTS must say what can be piped" : "INPUTS must say None");
            }
        }

        private static string YamlOf(PageSection section)
        {
            foreach (Block block in section.Blocks)
            {
                if (block is FencedCodeBlock fence && CommandPage.IsYaml(fence))
                {
                    return string.Join('\n', PlainText.Code(fence));
                }
            }

            return string.Empty;
        }

        private string Body(PageSection section)
        {
            StringBuilder body = new();
            for (int i = section.HeadingLine + 1; i < section.EndLine; i++)
            {
                body.Append(page.Page.Lines[i].TrimEnd()).Append('\n');
            }

            return body.ToString();
        }

        private static string Trimmed(string text) => text.Trim('\n');

        private void Add(string rule, string message) => findings.Add(new HelpFinding(page.Page.Path, rule, message));
    }
}
