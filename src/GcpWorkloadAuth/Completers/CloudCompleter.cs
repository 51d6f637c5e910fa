using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Completers;

/// <summary>
/// Completes names that the session's projects have, in the project and the zone that stand on the command line. Any other name may be
/// given too; where the names cannot be had in time, nothing is offered and nothing is said.
/// </summary>
internal abstract class CloudCompleter : IArgumentCompleter
{
    /// <summary>The more there are, the less a list of them helps: 3 pages.</summary>
    private const int Most = 1500;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Surroundings around = new(FindSession(fakeBoundParameters), TextOf(fakeBoundParameters, "Project"), TextOf(fakeBoundParameters, "Zone"), wordToComplete ?? string.Empty);
        return around.Session is null
            ? Array.Empty<CompletionResult>()
            : Completions.Matching(NameCache.Get(around.Session, GetType().Name + "|" + KeyOf(around), call => AskAsync(around, call)), wordToComplete);
    }

    /// <summary>What the names depend on besides the session.</summary>
    private protected virtual string KeyOf(Surroundings around) => around.Project + "|" + around.Zone;

    /// <summary>The names, each with a line for people.</summary>
    private protected abstract Task<IReadOnlyList<KeyValuePair<string, string>>> AskAsync(Surroundings around, EngineCall call);

    /// <summary>The project on the command line, else the session's.</summary>
    private protected static async Task<string> ProjectOf(Surroundings around, EngineCall call) =>
        around.Project ?? await EngineHost.Engine.GetProjectAsync(around.Session!, call).ConfigureAwait(false);

    /// <summary>The names of resources, without those that come twice.</summary>
    private protected static async Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync<T>(
        Surroundings around, string project, ResourcePlace? place, EngineCall call, Func<T, string?> describe, Func<T, string?>? name = null)
        where T : class
    {
        IPager<T> pager = EngineHost.Engine.ListResources<T>(around.Session!, new ResourceQuery { Project = project, Place = place });
        return await CollectAsync(pager, call, item => name is null ? item.ToString() : name(item), describe).ConfigureAwait(false);
    }

    private protected static async Task<IReadOnlyList<KeyValuePair<string, string>>> CollectAsync<T>(
        IPager<T> pager, EngineCall call, Func<T, string?> name, Func<T, string?> describe)
    {
        SortedDictionary<string, string> names = new(StringComparer.Ordinal);
        while (names.Count < Most && await pager.NextAsync(call).ConfigureAwait(false) is { } page)
        {
            foreach (T item in page.Items)
            {
                if (name(item) is { Length: > 0 } text && !names.ContainsKey(text))
                {
                    // A result without a tooltip is refused.
                    names.Add(text, describe(item) is { Length: > 0 } words ? words : text);
                }
            }
        }

        return new List<KeyValuePair<string, string>>(names);
    }

    private static SessionRecord? FindSession(IDictionary bound)
    {
        object? context = bound["Context"] is PSObject wrapped ? wrapped.BaseObject : bound["Context"];
        return context switch
        {
            null => SessionStore.Current,
            GcpContext live => live.Record ?? SessionStore.Find(live.Name),
            string name => SessionStore.Find(name),
            _ => null,
        };
    }

    // A name, the first of several, or a project.
    private static string? TextOf(IDictionary bound, string parameter)
    {
        object? value = bound[parameter] is PSObject wrapped ? wrapped.BaseObject : bound[parameter];
        if (value is object[] { Length: > 0 } many)
        {
            value = many[0] is PSObject first ? first.BaseObject : many[0];
        }

        return value switch
        {
            GcpProject project => project.ProjectId,
            string { Length: > 0 } text => text,
            _ => null,
        };
    }

    /// <summary>What stands on the command line.</summary>
    internal sealed record Surroundings(SessionRecord? Session, string? Project, string? Zone, string Word)
    {
        public ResourcePlace? Place => Zone is null ? null : new ResourcePlace(Zone: Zone);
    }
}
