using System;
using System.Collections.Generic;

namespace HelpBuilder.Facts;

/// <summary>What a module says of itself once it is imported.</summary>
public sealed class ModuleFacts
{
    /// <summary>The module's name.</summary>
    public required string Name { get; init; }

    /// <summary>The GUID of its manifest.</summary>
    public required string ModuleId { get; init; }

    /// <summary>Its cmdlets by name.</summary>
    public required IReadOnlyList<CommandFacts> Commands { get; init; }

    /// <summary>The cmdlet of that name or alias, or null.</summary>
    public CommandFacts? Find(string name)
    {
        foreach (CommandFacts command in Commands)
        {
            if (string.Equals(command.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return command;
            }

            foreach (string alias in command.Aliases)
            {
                if (string.Equals(alias, name, StringComparison.OrdinalIgnoreCase))
                {
                    return command;
                }
            }
        }

        return null;
    }
}
