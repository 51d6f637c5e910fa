using System.Collections.Generic;

namespace HelpBuilder.Facts;

/// <summary>How a parameter behaves in one parameter set.</summary>
/// <param name="SetName">The name of the set.</param>
/// <param name="Position">The position; null for a parameter that is always named.</param>
/// <param name="IsRequired">True where it must be given.</param>
/// <param name="ByValue">True where it takes whole objects from the pipeline.</param>
/// <param name="ByPropertyName">True where it takes the property of its name from piped objects.</param>
/// <param name="FromRemaining">True where it takes the arguments that are left over.</param>
public sealed record ParameterSetUse(
    string SetName, int? Position, bool IsRequired, bool ByValue, bool ByPropertyName, bool FromRemaining);

/// <summary>What the module itself says of a parameter.</summary>
public sealed class ParameterFacts
{
    /// <summary>The name, without the dash.</summary>
    public required string Name { get; init; }

    /// <summary>The full name of its type, as in System.String[].</summary>
    public required string TypeName { get; init; }

    /// <summary>The type as PowerShell writes it in a syntax line, as in string[]; empty for a switch.</summary>
    public required string ShortTypeName { get; init; }

    /// <summary>What it is when it is not given; empty where that is nothing.</summary>
    public required string DefaultValue { get; init; }

    /// <summary>True where it takes wildcards.</summary>
    public required bool SupportsWildcards { get; init; }

    /// <summary>True for a parameter that completion hides.</summary>
    public required bool DontShow { get; init; }

    /// <summary>Its other names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The values it takes, where there is a closed list of them.</summary>
    public required IReadOnlyList<string> AcceptedValues { get; init; }

    /// <summary>What it is in each set that has it, in the order of the sets.</summary>
    public required IReadOnlyList<ParameterSetUse> Uses { get; init; }

    /// <summary>True for a switch.</summary>
    public bool IsSwitch => ShortTypeName.Length == 0;
}
