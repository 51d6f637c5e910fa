using System.Collections.Generic;
using System.Management.Automation;

namespace GcpWorkloadAuth.Completers;

/// <summary>Makes completion results of name and tooltip pairs.</summary>
internal static class Completions
{
    /// <summary>Those whose name begins with the word, or matches it as a wildcard; quoted where PowerShell needs it.</summary>
    public static IEnumerable<CompletionResult> Matching(IEnumerable<KeyValuePair<string, string>> candidates, string? word)
    {
        string bare = (word ?? string.Empty).Trim('\'', '"');
        WildcardPattern pattern = WildcardPattern.Get(bare + "*", WildcardOptions.IgnoreCase);
        foreach (KeyValuePair<string, string> candidate in candidates)
        {
            if (pattern.IsMatch(candidate.Key))
            {
                yield return new CompletionResult(
                    Quote(candidate.Key), candidate.Key, CompletionResultType.ParameterValue, candidate.Value);
            }
        }
    }

    private static string Quote(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.' or '/' or ':'))
            {
                return "'" + text.Replace("'", "''") + "'";
            }
        }

        return text;
    }
}
