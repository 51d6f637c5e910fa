using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GcpWorkloadAuth.Completers;

/// <summary>Completes the OAuth 2.0 scopes that workloads ask for most. Any other scope may be given too.</summary>
internal sealed class ScopeCompleter : IArgumentCompleter
{
    private const string Prefix = "https://www.googleapis.com/auth/";

    private static readonly KeyValuePair<string, string>[] s_scopes =
    {
        new(Prefix + "cloud-platform", "All Google Cloud APIs, as far as IAM allows"),
        new(Prefix + "cloud-platform.read-only", "All Google Cloud APIs, reading only"),
        new(Prefix + "compute", "Compute Engine"),
        new(Prefix + "compute.readonly", "Compute Engine, reading only"),
        new(Prefix + "devstorage.read_only", "Cloud Storage objects, reading only"),
        new(Prefix + "devstorage.read_write", "Cloud Storage objects, reading and writing"),
        new(Prefix + "devstorage.full_control", "Cloud Storage with its permissions"),
        new(Prefix + "logging.write", "Writing log entries"),
        new(Prefix + "monitoring.write", "Writing metrics"),
        new(Prefix + "pubsub", "Pub/Sub"),
        new(Prefix + "bigquery", "BigQuery"),
        new(Prefix + "userinfo.email", "The account's e-mail address"),
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // A bare word is matched against the part behind the common prefix: "compute" completes to the whole scope.
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        bool isFull = word.StartsWith("http", System.StringComparison.OrdinalIgnoreCase);
        return Completions.Matching(s_scopes, isFull || word.Length == 0 ? word : Prefix + word);
    }
}
