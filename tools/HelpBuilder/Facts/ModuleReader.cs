using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace HelpBuilder.Facts;

/// <summary>Imports a module into a PowerShell engine of its own and reads what it says of its cmdlets.</summary>
public static class ModuleReader
{
    /// <summary>Reads the facts of the module.</summary>
    /// <param name="manifestPath">Path of the psd1 file.</param>
    /// <exception cref="HelpException">The module cannot be imported.</exception>
    public static ModuleFacts Read(string manifestPath)
    {
        string path = Path.GetFullPath(manifestPath);
        if (!File.Exists(path))
        {
            throw new HelpException($"There is no module manifest '{path}'.");
        }

        using Runspace runspace = OpenRunspace();
        PSModuleInfo module = Import(runspace, path);
        List<CommandFacts> commands = [];
        foreach (CmdletInfo cmdlet in module.ExportedCmdlets.Values)
        {
            commands.Add(ReadCommand(cmdlet, module));
        }

        commands.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return new ModuleFacts { Name = module.Name, ModuleId = module.Guid.ToString("D"), Commands = commands };
    }

    private static Runspace OpenRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, null));
        if (OperatingSystem.IsWindows())
        {
            // The staged ps1xml files are not signed yet.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    private static PSModuleInfo Import(Runspace runspace, string path)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", path).AddParameter("PassThru").AddParameter("ErrorAction", "Stop");
        try
        {
            foreach (PSModuleInfo module in shell.Invoke<PSModuleInfo>())
            {
                return module;
            }
        }
        catch (RuntimeException failure)
        {
            throw new HelpException($"The module '{path}' cannot be imported: {failure.Message}", failure);
        }

        throw new HelpException($"The module '{path}' cannot be imported.");
    }

    private static CommandFacts ReadCommand(CmdletInfo cmdlet, PSModuleInfo module)
    {
        List<SyntaxFacts> sets = [];
        Dictionary<string, List<(CommandParameterInfo Parameter, string SetName)>> uses = new(StringComparer.OrdinalIgnoreCase);
        foreach (CommandParameterSetInfo set in cmdlet.ParameterSets)
        {
            List<string> names = [];
            foreach (CommandParameterInfo parameter in set.Parameters)
            {
                if (Cmdlet.CommonParameters.Contains(parameter.Name) || parameter.Name == "UseTransaction")
                {
                    continue;
                }

                names.Add(parameter.Name);
                if (!uses.TryGetValue(parameter.Name, out List<(CommandParameterInfo Parameter, string SetName)>? list))
                {
                    uses[parameter.Name] = list = [];
                }

                list.Add((parameter, set.Name));
            }

            string syntax = set.ToString();
            names.Sort((left, right) => PlaceIn(syntax, left).CompareTo(PlaceIn(syntax, right)));
            sets.Add(new SyntaxFacts(set.Name, set.IsDefault, syntax, names));
        }

        List<ParameterFacts> parameters = ReadParameters(cmdlet, uses);
        return new CommandFacts
        {
            Name = cmdlet.Name,
            HelpUri = cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()?.HelpUri ?? string.Empty,
            HelpFile = Path.GetFileName(cmdlet.HelpFile),
            Sets = sets,
            Parameters = parameters,
            OutputTypes = ReadOutputTypes(cmdlet),
            Aliases = ReadAliases(cmdlet, module),
        };
    }

    private static int PlaceIn(string syntax, string name)
    {
        int place = -1;
        do
        {
            place = syntax.IndexOf("-" + name, place + 1, StringComparison.Ordinal);
        }
        while (place >= 0 && place + name.Length + 1 < syntax.Length && char.IsLetterOrDigit(syntax[place + name.Length + 1]));

        return place < 0 ? int.MaxValue : place;
    }

    private static List<ParameterFacts> ReadParameters(
        CmdletInfo cmdlet, Dictionary<string, List<(CommandParameterInfo Parameter, string SetName)>> uses)
    {
        List<ParameterFacts> parameters = [];
        object? instance = Activator.CreateInstance(cmdlet.ImplementingType);
        foreach (KeyValuePair<string, List<(CommandParameterInfo Parameter, string SetName)>> use in uses)
        {
            CommandParameterInfo first = use.Value[0].Parameter;
            PropertyInfo? property = cmdlet.ImplementingType.GetProperty(first.Name);
            List<ParameterSetUse> inSets = [];
            foreach ((CommandParameterInfo parameter, string setName) in use.Value)
            {
                inSets.Add(new ParameterSetUse(
                    setName,
                    parameter.Position < 0 ? null : parameter.Position,
                    parameter.IsMandatory,
                    parameter.ValueFromPipeline,
                    parameter.ValueFromPipelineByPropertyName,
                    parameter.ValueFromRemainingArguments));
            }

            parameters.Add(new ParameterFacts
            {
                Name = first.Name,
                TypeName = LanguageName(first.ParameterType),
                ShortTypeName = ShortName(cmdlet, first),
                DefaultValue = ReadDefault(first, property, instance),
                SupportsWildcards = property?.GetCustomAttribute<SupportsWildcardsAttribute>() is not null,
                DontShow = IsHidden(first),
                Aliases = [.. first.Aliases],
                AcceptedValues = ReadAcceptedValues(first),
                Uses = inSets,
            });
        }

        (instance as IDisposable)?.Dispose();
        parameters.Sort(static (left, right) => string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase));
        return parameters;
    }

    // PowerShell's own short name stands in the syntax line: "-Name <string[]>".
    private static string ShortName(CmdletInfo cmdlet, CommandParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(SwitchParameter))
        {
            return string.Empty;
        }

        foreach (CommandParameterSetInfo set in cmdlet.ParameterSets)
        {
            string syntax = set.ToString();
            int place = PlaceIn(syntax, parameter.Name);
            int open = place == int.MaxValue ? -1 : syntax.IndexOf('<', place);
            if (open > 0)
            {
                return syntax[(open + 1)..syntax.IndexOf('>', open)];
            }
        }

        return parameter.ParameterType.Name;
    }

    private static string LanguageName(Type type)
    {
        Type actual = Nullable.GetUnderlyingType(type) ?? type;
        return actual.FullName ?? actual.Name;
    }

    private static string ReadDefault(CommandParameterInfo parameter, PropertyInfo? property, object? instance)
    {
        if (parameter.ParameterType == typeof(SwitchParameter))
        {
            return "False";
        }

        object? value = property is null || instance is null ? null : property.GetValue(instance);
        if (value is null or Array)
        {
            return string.Empty;
        }

        // A number that its own range refuses stands for "not given".
        foreach (Attribute attribute in parameter.Attributes)
        {
            if (attribute is ValidateRangeAttribute { MinRange: IComparable least } && value is IComparable && least.CompareTo(value) > 0)
            {
                return string.Empty;
            }
        }

        return Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
    }

    private static bool IsHidden(CommandParameterInfo parameter)
    {
        foreach (Attribute attribute in parameter.Attributes)
        {
            if (attribute is ParameterAttribute { DontShow: true })
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> ReadAcceptedValues(CommandParameterInfo parameter)
    {
        foreach (Attribute attribute in parameter.Attributes)
        {
            if (attribute is ValidateSetAttribute set)
            {
                return [.. set.ValidValues];
            }
        }

        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum ? [.. Enum.GetNames(type)] : [];
    }

    private static List<string> ReadOutputTypes(CmdletInfo cmdlet)
    {
        List<string> names = [];
        foreach (PSTypeName type in cmdlet.OutputType)
        {
            if (!names.Contains(type.Name))
            {
                names.Add(type.Name);
            }
        }

        return names;
    }

    private static List<string> ReadAliases(CmdletInfo cmdlet, PSModuleInfo module)
    {
        List<string> names = [];
        foreach (AliasInfo alias in module.ExportedAliases.Values)
        {
            if (string.Equals(alias.Definition, cmdlet.Name, StringComparison.OrdinalIgnoreCase))
            {
                names.Add(alias.Name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
