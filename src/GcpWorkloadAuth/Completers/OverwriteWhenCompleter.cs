using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GcpWorkloadAuth.Completers;

/// <summary>Offers the values of overwriteWhen there were when this was written; the server takes what it knows.</summary>
internal sealed class OverwriteWhenCompleter : IArgumentCompleter
{
    private static readonly KeyValuePair<string, string>[] s_values =
    {
        new("Different", "Overwrites objects whose content is another (the service's default)"),
        new("Never", "Leaves objects that are there alone"),
        new("Always", "Overwrites all objects that are there"),
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(s_values, wordToComplete);
}
