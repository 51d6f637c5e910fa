using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GcpWorkloadAuth.Completers;

/// <summary>Completes from a table of values that are known. The server has the last word: any other value may be given too.</summary>
internal abstract class TableCompleter : IArgumentCompleter
{
    private protected abstract IReadOnlyList<KeyValuePair<string, string>> Table { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Matching(Table, wordToComplete);
}
