using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Completers;

/// <summary>Completes the names of the sessions of this process and runspace.</summary>
internal sealed class ContextNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        List<KeyValuePair<string, string>> names = new();
        foreach (SessionRecord record in SessionStore.All())
        {
            names.Add(new KeyValuePair<string, string>(record.Name, record.Kind.ToString()));
        }

        return Completions.Matching(names, wordToComplete);
    }
}
