using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GcpWorkloadAuth.Completers;

/// <summary>Offers the storage classes there were when this was written; the server takes what it knows.</summary>
internal sealed class StorageClassCompleter : IArgumentCompleter
{
    private static readonly string[] s_classes = { "STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE" };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        foreach (string name in s_classes)
        {
            if (name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                yield return new CompletionResult(name);
            }
        }
    }
}
