using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using HelpBuilder.Facts;

namespace HelpBuilder.Pages;

/// <summary>The parts of a page that follow from the module and that nobody writes by hand.</summary>
internal static class MachineParts
{
    private const int SyntaxWidth = 100;

    /// <summary>What every page says of PowerShell's own parameters.</summary>
    public static readonly IReadOnlyList<string> CommonParameters =
    [
        "This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,",
        "-InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,",
        "-ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see",
        "[about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).",
    ];

    /// <summary>The lines between the headings SYNTAX and ALIASES.</summary>
    public static IReadOnlyList<string> Syntax(CommandFacts command)
    {
        List<string> lines = [];
        foreach (SyntaxFacts set in command.Sets)
        {
            bool isMarked = set.IsDefault && command.Sets.Count > 1;
            lines.Add(string.Empty);
            lines.Add("### " + set.Name + (isMarked ? " (Default)" : string.Empty));
            lines.Add(string.Empty);
            lines.Add("```");
            lines.AddRange(Wrap(command.Name + " " + set.Syntax));
            lines.Add("```");
        }

        lines.Add(string.Empty);
        return lines;
    }

    /// <summary>The lines between the headings ALIASES and DESCRIPTION.</summary>
    public static IReadOnlyList<string> Aliases(CommandFacts command)
    {
        if (command.Aliases.Count == 0)
        {
            return [string.Empty];
        }

        List<string> lines = [string.Empty, "This cmdlet has the following aliases:", string.Empty];
        foreach (string alias in command.Aliases)
        {
            lines.Add("- " + alias);
        }

        lines.Add(string.Empty);
        return lines;
    }

    /// <summary>The lines inside the yaml block of a parameter.</summary>
    public static IReadOnlyList<string> Yaml(CommandFacts command, ParameterFacts parameter)
    {
        List<string> lines =
        [
            "Type: " + parameter.TypeName,
            "DefaultValue: " + Scalar(parameter.DefaultValue),
            "SupportsWildcards: " + Boolean(parameter.SupportsWildcards),
            "ParameterValue: []",
        ];
        AddList(lines, "Aliases", parameter.Aliases);
        lines.Add("ParameterSets:");
        foreach (ParameterSetUse use in Merge(command, parameter))
        {
            lines.Add("- Name: " + use.SetName);
            lines.Add("  Position: " + (use.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named"));
            lines.Add("  IsRequired: " + Boolean(use.IsRequired));
            lines.Add("  ValueFromPipeline: " + Boolean(use.ByValue));
            lines.Add("  ValueFromPipelineByPropertyName: " + Boolean(use.ByPropertyName));
            lines.Add("  ValueFromRemainingArguments: " + Boolean(use.FromRemaining));
        }

        lines.Add("DontShow: " + Boolean(parameter.DontShow));
        AddList(lines, "AcceptedValues", parameter.AcceptedValues);
        lines.Add("HelpMessage: ''");
        return lines;
    }

    /// <summary>A parameter's section with its yaml block, and a description still to be written.</summary>
    public static IReadOnlyList<string> ParameterStub(CommandFacts command, ParameterFacts parameter) =>
    [
        "### -" + parameter.Name, string.Empty, StandardText(parameter), string.Empty,
        "```yaml", .. Yaml(command, parameter), "```", string.Empty,
    ];

    /// <summary>A new page with everything that the module tells, and the rest still to be written.</summary>
    public static string PageStub(ModuleFacts module, CommandFacts command, DateTime date)
    {
        List<string> lines =
        [
            "---",
            "document type: cmdlet",
            "external help file: " + command.HelpFile,
            "HelpUri: " + Scalar(command.HelpUri),
            "Locale: en-US",
            "Module Name: " + module.Name,
            "ms.date: " + date.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture),
            "PlatyPS schema version: 2024-05-01",
            "title: " + command.Name,
            "---",
            string.Empty,
            "# " + command.Name,
            string.Empty,
        ];
        foreach (string section in CommandPage.SectionNames)
        {
            lines.Add("## " + section);
            lines.AddRange(StubOf(section, command));
        }

        return string.Join('\n', lines).TrimEnd('\n') + "\n";
    }

    private static IReadOnlyList<string> StubOf(string section, CommandFacts command)
    {
        switch (section)
        {
            case CommandPage.Syntax:
                return Syntax(command);
            case CommandPage.Aliases:
                return Aliases(command);
            case CommandPage.Synopsis or CommandPage.Description:
                return [string.Empty, "{{ Fill in the " + section + " }}", string.Empty];
            case CommandPage.Examples:
                return [string.Empty, "### Example 1: {{ title }}", string.Empty, "```powershell", command.Name, "```", string.Empty];
            case CommandPage.Parameters:
                List<string> lines = [string.Empty];
                foreach (ParameterFacts parameter in command.Parameters)
                {
                    lines.AddRange(ParameterStub(command, parameter));
                }

                return [.. lines, "### " + CommandPage.CommonParameters, string.Empty, .. CommonParameters, string.Empty];
            case CommandPage.Outputs:
                List<string> outputs = [string.Empty];
                foreach (string type in command.OutputTypes)
                {
                    outputs.AddRange(["### " + type, string.Empty, "{{ Fill in the meaning }}", string.Empty]);
                }

                return outputs;
            case CommandPage.Inputs when !command.TakesPipeline:
                return [string.Empty, "### None", string.Empty];
            default:
                return [string.Empty];
        }
    }

    private static string StandardText(ParameterFacts parameter) => parameter.Name switch
    {
        "WhatIf" => "Shows what would happen if the cmdlet ran. The cmdlet is not run.",
        "Confirm" => "Prompts you for confirmation before running the cmdlet.",
        _ => "{{ Fill in what -" + parameter.Name + " means }}",
    };

    // One entry for all sets where the parameter is the same in each set of the cmdlet.
    private static IReadOnlyList<ParameterSetUse> Merge(CommandFacts command, ParameterFacts parameter)
    {
        ParameterSetUse first = parameter.Uses[0];
        bool isSame = parameter.Uses.Count == command.Sets.Count;
        foreach (ParameterSetUse use in parameter.Uses)
        {
            isSame &= use with { SetName = first.SetName } == first;
        }

        return isSame ? [first with { SetName = "(All)" }] : parameter.Uses;
    }

    private static List<string> Wrap(string text)
    {
        List<string> lines = [];
        StringBuilder line = new();
        foreach (string part in Parts(text))
        {
            if (line.Length > 0 && line.Length + 1 + part.Length > SyntaxWidth)
            {
                lines.Add(line.ToString());
                line.Clear().Append(' ').Append(part);
            }
            else
            {
                line.Append(line.Length > 0 ? " " : string.Empty).Append(part);
            }
        }

        lines.Add(line.ToString());
        return lines;
    }

    // "[-Name <string>]" stays on one line.
    private static List<string> Parts(string text)
    {
        List<string> parts = [];
        string open = string.Empty;
        foreach (string word in text.Split(' '))
        {
            bool isValue = word.StartsWith('<') && !word.StartsWith("<CommonParameters>", StringComparison.Ordinal);
            if (isValue && open.Length > 0)
            {
                open += " " + word;
                continue;
            }

            if (open.Length > 0)
            {
                parts.Add(open);
            }

            open = word;
        }

        parts.Add(open);
        return parts;
    }

    private static void AddList(List<string> lines, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            lines.Add(name + ": []");
            return;
        }

        lines.Add(name + ":");
        foreach (string value in values)
        {
            lines.Add("- " + value);
        }
    }

    private static string Boolean(bool value) => value ? "true" : "false";

    private static string Scalar(string value) => value.Length == 0 ? "''" : value;
}
