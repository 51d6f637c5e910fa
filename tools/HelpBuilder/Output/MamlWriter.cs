using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Xml;
using HelpBuilder.Facts;
using HelpBuilder.Pages;

namespace HelpBuilder.Output;

/// <summary>Writes the help file that Get-Help reads: prose from the pages, facts from the module.</summary>
public static class MamlWriter
{
    private const string HelpNamespace = "http://msh";
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of the cmdlets.</summary>
    /// <param name="output">Where to. It stays open.</param>
    /// <param name="topics">The cmdlets with their pages.</param>
    public static void Write(Stream output, IEnumerable<(CommandFacts Facts, CommandPage Page)> topics)
    {
        // Windows PowerShell takes a file without a mark for the ANSI code page of the machine.
        XmlWriterSettings settings = new()
        {
            Indent = true,
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.None,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        };
        using XmlWriter xml = XmlWriter.Create(output, settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("helpItems", HelpNamespace);
        xml.WriteAttributeString("schema", "maml");
        foreach ((CommandFacts facts, CommandPage page) in topics)
        {
            WriteCommand(xml, facts, page);
        }

        xml.WriteEndElement();
    }

    private static void WriteCommand(XmlWriter xml, CommandFacts facts, CommandPage page)
    {
        xml.WriteStartElement("command", "command", Command);
        xml.WriteAttributeString("xmlns", "maml", null, Maml);
        xml.WriteAttributeString("xmlns", "dev", null, Dev);
        WriteDetails(xml, facts, page);
        WriteParagraphs(xml, "maml", "description", Maml, page.DescriptionText);
        WriteSyntax(xml, facts, page);
        xml.WriteStartElement("parameters", Command);
        foreach (ParameterFacts parameter in facts.Parameters)
        {
            WriteParameter(xml, parameter, Common(parameter), page, isSyntax: false);
        }

        xml.WriteEndElement();
        WriteTypes(xml, "inputTypes", "inputType", page.InputTypes);
        WriteTypes(xml, "returnValues", "returnValue", page.OutputTypes);
        WriteNotes(xml, facts, page);
        WriteExamples(xml, page);
        WriteLinks(xml, facts, page);
        xml.WriteEndElement();
    }

    private static void WriteDetails(XmlWriter xml, CommandFacts facts, CommandPage page)
    {
        string[] name = facts.Name.Split('-', 2);
        xml.WriteStartElement("details", Command);
        xml.WriteElementString("name", Command, facts.Name);
        xml.WriteElementString("verb", Command, name[0]);
        xml.WriteElementString("noun", Command, name[^1]);
        WriteParagraphs(xml, "maml", "description", Maml, [page.SynopsisText]);
        xml.WriteEndElement();
    }

    private static void WriteSyntax(XmlWriter xml, CommandFacts facts, CommandPage page)
    {
        xml.WriteStartElement("syntax", Command);
        foreach (SyntaxFacts set in facts.Sets)
        {
            xml.WriteStartElement("syntaxItem", Command);
            xml.WriteElementString("name", Maml, facts.Name);
            foreach (string name in set.ParameterNames)
            {
                ParameterFacts parameter = facts.Find(name)!;
                foreach (ParameterSetUse use in parameter.Uses)
                {
                    if (use.SetName == set.Name)
                    {
                        WriteParameter(xml, parameter, use, page, isSyntax: true);
                    }
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteParameter(XmlWriter xml, ParameterFacts parameter, ParameterSetUse use, CommandPage page, bool isSyntax)
    {
        xml.WriteStartElement("parameter", Command);
        xml.WriteAttributeString("required", Boolean(use.IsRequired));
        xml.WriteAttributeString("variableLength", "true");
        xml.WriteAttributeString("globbing", Boolean(parameter.SupportsWildcards));
        xml.WriteAttributeString("pipelineInput", PipelineInput(use));
        xml.WriteAttributeString("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named");
        xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        xml.WriteElementString("name", Maml, parameter.Name);
        WriteParagraphs(xml, "maml", "description", Maml, page.ParameterText(parameter.Name));
        if (isSyntax && parameter.AcceptedValues.Count > 0)
        {
            xml.WriteStartElement("parameterValueGroup", Command);
            foreach (string value in parameter.AcceptedValues)
            {
                WriteParameterValue(xml, value, isRequired: false);
            }

            xml.WriteEndElement();
        }

        if (!parameter.IsSwitch)
        {
            WriteParameterValue(xml, parameter.ShortTypeName, isRequired: true);
        }
        else if (!isSyntax)
        {
            WriteParameterValue(xml, "SwitchParameter", isRequired: false);
        }

        WriteType(xml, parameter.IsSwitch ? "SwitchParameter" : parameter.ShortTypeName);
        xml.WriteElementString("defaultValue", Dev, parameter.DefaultValue.Length == 0 ? "None" : parameter.DefaultValue);
        xml.WriteEndElement();
    }

    private static void WriteParameterValue(XmlWriter xml, string value, bool isRequired)
    {
        xml.WriteStartElement("parameterValue", Command);
        xml.WriteAttributeString("required", Boolean(isRequired));
        xml.WriteAttributeString("variableLength", "false");
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, string name)
    {
        xml.WriteStartElement("type", Dev);
        xml.WriteElementString("name", Maml, name);
        xml.WriteElementString("uri", Maml, string.Empty);
        xml.WriteEndElement();
    }

    private static void WriteTypes(XmlWriter xml, string list, string item, IReadOnlyList<PageType> types)
    {
        xml.WriteStartElement(list, Command);
        foreach (PageType type in types)
        {
            xml.WriteStartElement(item, Command);
            WriteType(xml, type.Type);
            WriteParagraphs(xml, "maml", "description", Maml, type.Description);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteNotes(XmlWriter xml, CommandFacts facts, CommandPage page)
    {
        List<string> notes = [.. page.NotesText];
        if (facts.Aliases.Count > 0)
        {
            notes.Insert(0, (facts.Aliases.Count == 1 ? "Alias: " : "Aliases: ") + string.Join(", ", facts.Aliases));
        }

        xml.WriteStartElement("alertSet", Maml);
        WriteParagraphs(xml, "maml", "alert", Maml, notes);
        xml.WriteEndElement();
    }

    private static void WriteExamples(XmlWriter xml, CommandPage page)
    {
        xml.WriteStartElement("examples", Command);
        foreach (PageExample example in page.ReadExamples())
        {
            xml.WriteStartElement("example", Command);
            xml.WriteElementString("title", Maml, example.Title);
            if (example.Introduction.Count > 0)
            {
                WriteParagraphs(xml, "maml", "introduction", Maml, Spaced(example.Introduction));
            }

            xml.WriteElementString("code", Dev, example.Code);
            WriteParagraphs(xml, "dev", "remarks", Dev, Spaced(example.Remarks));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteLinks(XmlWriter xml, CommandFacts facts, CommandPage page)
    {
        xml.WriteStartElement("relatedLinks", Command);
        if (facts.HelpUri.Length > 0)
        {
            // Get-Help -Online opens the first address.
            WriteLink(xml, new PageLink("Online Version:", facts.HelpUri));
        }

        foreach (PageLink link in page.ReadLinks())
        {
            if (link.Uri != facts.HelpUri)
            {
                WriteLink(xml, link);
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, PageLink link)
    {
        xml.WriteStartElement("navigationLink", Maml);
        xml.WriteElementString("linkText", Maml, link.Text);
        xml.WriteElementString("uri", Maml, link.Uri);
        xml.WriteEndElement();
    }

    private static void WriteParagraphs(XmlWriter xml, string prefix, string element, string ns, IReadOnlyList<string> paragraphs)
    {
        xml.WriteStartElement(prefix, element, ns);
        foreach (string paragraph in paragraphs)
        {
            xml.WriteElementString("para", Maml, paragraph);
        }

        xml.WriteEndElement();
    }

    // Get-Help puts no blank line between the paragraphs of an example, nor between examples.
    private static List<string> Spaced(IReadOnlyList<string> paragraphs)
    {
        List<string> spaced = [];
        foreach (string paragraph in paragraphs)
        {
            spaced.AddRange([paragraph, string.Empty]);
        }

        if (spaced.Count == 0)
        {
            spaced.Add(string.Empty);
        }

        return spaced;
    }

    // The list of all parameters shows each of them once, whatever the sets.
    private static ParameterSetUse Common(ParameterFacts parameter)
    {
        ParameterSetUse common = parameter.Uses[0];
        foreach (ParameterSetUse use in parameter.Uses)
        {
            common = common with
            {
                IsRequired = common.IsRequired && use.IsRequired,
                Position = common.Position ?? use.Position,
                ByValue = common.ByValue || use.ByValue,
                ByPropertyName = common.ByPropertyName || use.ByPropertyName,
            };
        }

        return common;
    }

    private static string PipelineInput(ParameterSetUse use) => (use.ByValue, use.ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string Boolean(bool value) => value ? "true" : "false";
}
