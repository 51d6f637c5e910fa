using System;
using System.Collections.Generic;

namespace HelpBuilder.Facts;

/// <summary>One parameter set of a cmdlet.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="IsDefault">True for the set that PowerShell takes in doubt.</param>
/// <param name="Syntax">The line that Get-Command -Syntax shows, without the cmdlet's name.</param>
/// <param name="ParameterNames">The parameters of the set, in the order of that line.</param>
public sealed record SyntaxFacts(string Name, bool IsDefault, string Syntax, IReadOnlyList<string> ParameterNames);

/// <summary>What the module itself says of a cmdlet.</summary>
public sealed class CommandFacts
{
    /// <summary>The name, Verb-Noun.</summary>
    public required string Name { get; init; }

    /// <summary>The address of its page on the web; empty where it has none.</summary>
    public required string HelpUri { get; init; }

    /// <summary>The file in which PowerShell looks for its help.</summary>
    public required string HelpFile { get; init; }

    /// <summary>Its parameter sets.</summary>
    public required IReadOnlyList<SyntaxFacts> Sets { get; init; }

    /// <summary>Its parameters by name, without PowerShell's common ones.</summary>
    public required IReadOnlyList<ParameterFacts> Parameters { get; init; }

    /// <summary>The full names of the types it emits, each once.</summary>
    public required IReadOnlyList<string> OutputTypes { get; init; }

    /// <summary>Other names for it that the module exports.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>True where objects can be piped to it.</summary>
    public bool TakesPipeline
    {
        get
        {
            foreach (ParameterFacts parameter in Parameters)
            {
                foreach (ParameterSetUse use in parameter.Uses)
                {
                    if (use.ByValue || use.ByPropertyName)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>The parameter of that name or alias, or null.</summary>
    public ParameterFacts? Find(string name)
    {
        foreach (ParameterFacts parameter in Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter;
            }

            foreach (string alias in parameter.Aliases)
            {
                if (string.Equals(alias, name, StringComparison.OrdinalIgnoreCase))
                {
                    return parameter;
                }
            }
        }

        return null;
    }
}
