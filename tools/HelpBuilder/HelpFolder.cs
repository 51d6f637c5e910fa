using System;
using System.Collections.Generic;
using System.IO;
using HelpBuilder.Facts;
using HelpBuilder.Output;
using HelpBuilder.Pages;

namespace HelpBuilder;

/// <summary>A folder of help pages, docs/en-US.</summary>
public static class HelpFolder
{
    /// <summary>The beginning of the names of pages about a concept.</summary>
    public const string AboutPrefix = "about_";

    /// <summary>Makes the help files of a module.</summary>
    /// <param name="module">The module's facts.</param>
    /// <param name="docsFolder">The folder of the pages.</param>
    /// <param name="outputFolder">Where the files go, the module's en-US folder.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="HelpException">A cmdlet has no page.</exception>
    public static IReadOnlyList<string> Build(ModuleFacts module, string docsFolder, string outputFolder)
    {
        List<string> written = [];
        Directory.CreateDirectory(outputFolder);
        Dictionary<string, List<(CommandFacts Facts, CommandPage Page)>> files = new(StringComparer.OrdinalIgnoreCase);
        foreach (CommandFacts command in module.Commands)
        {
            string path = Path.Combine(docsFolder, command.Name + ".md");
            if (!File.Exists(path))
            {
                throw new HelpException($"The cmdlet {command.Name} has no page '{path}'. --update begins one.");
            }

            if (!files.TryGetValue(command.HelpFile, out List<(CommandFacts Facts, CommandPage Page)>? topics))
            {
                files[command.HelpFile] = topics = [];
            }

            topics.Add((command, new CommandPage(HelpPage.Read(path))));
        }

        foreach (KeyValuePair<string, List<(CommandFacts Facts, CommandPage Page)>> file in files)
        {
            string path = Path.Combine(outputFolder, file.Key);
            using FileStream stream = File.Create(path);
            MamlWriter.Write(stream, file.Value);
            written.Add(path);
        }

        foreach (string about in AboutPages(docsFolder))
        {
            string path = Path.Combine(outputFolder, Path.GetFileNameWithoutExtension(about) + ".help.txt");
            File.WriteAllBytes(path, AboutWriter.Encode(AboutWriter.Write(HelpPage.Read(about))));
            written.Add(path);
        }

        return written;
    }

    /// <summary>The pages of the folder by name.</summary>
    /// <exception cref="HelpException">There is no such folder.</exception>
    public static IReadOnlyList<string> Pages(string folder) => Find(folder, "*.md");

    /// <summary>The about_ pages of the folder by name.</summary>
    /// <exception cref="HelpException">There is no such folder.</exception>
    public static IReadOnlyList<string> AboutPages(string docsFolder) => Find(docsFolder, AboutPrefix + "*.md");

    private static string[] Find(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
        {
            throw new HelpException($"There is no folder '{folder}'.");
        }

        string[] pages = Directory.GetFiles(folder, pattern);
        Array.Sort(pages, StringComparer.Ordinal);
        return pages;
    }
}
