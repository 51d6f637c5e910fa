using System;
using System.Collections.Generic;
using HelpBuilder;
using HelpBuilder.Facts;
using HelpBuilder.Pages;

const string Usage = """
    HelpBuilder --module <psd1> --docs <folder> --output <folder>   makes the MAML file and the about_ texts
    HelpBuilder --module <psd1> --docs <folder> --update            rewrites what the pages have from the module
    HelpBuilder --module <psd1> --docs <folder> --check [--links <folder>]
                                                                    names every difference and fails if there is one

    --links also checks the relative links of every markdown file below a folder.
    """;

Dictionary<string, string> options = new(StringComparer.OrdinalIgnoreCase);
for (int i = 0; i < args.Length; i++)
{
    bool takesValue = args[i] is "--module" or "--docs" or "--output" or "--links";
    if ((!takesValue && args[i] is not ("--update" or "--check")) || (takesValue && i + 1 == args.Length))
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options[args[i]] = takesValue ? args[++i] : string.Empty;
}

if (!options.TryGetValue("--module", out string? manifest) || !options.TryGetValue("--docs", out string? docs)
    || !(options.ContainsKey("--update") || options.ContainsKey("--check") || options.ContainsKey("--output")))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

try
{
    ModuleFacts module = ModuleReader.Read(manifest);
    if (options.ContainsKey("--update"))
    {
        foreach (string path in PageUpdater.UpdateFolder(module, docs))
        {
            Console.WriteLine("updated " + path);
        }
    }

    if (options.ContainsKey("--check"))
    {
        List<HelpFinding> findings = [.. HelpDrift.Check(module, docs)];
        if (options.TryGetValue("--links", out string? root))
        {
            findings.AddRange(HelpDrift.CheckLinks(root));
        }

        foreach (HelpFinding finding in findings)
        {
            Console.WriteLine(finding);
        }

        if (findings.Count > 0)
        {
            Console.Error.WriteLine($"{findings.Count} differences between the pages and the module. --update mends those it can.");
            return 1;
        }

        Console.WriteLine($"The pages of {module.Commands.Count} cmdlets agree with the module.");
    }

    if (options.TryGetValue("--output", out string? output))
    {
        foreach (string path in HelpFolder.Build(module, docs, output))
        {
            Console.WriteLine("wrote " + path);
        }
    }

    return 0;
}
catch (HelpException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
