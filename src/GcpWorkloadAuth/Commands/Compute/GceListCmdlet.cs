using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What all cmdlets have in common that list resources of Compute Engine: by names and wildcards, in projects and places, a page at a
/// time. An exact name in a known place is asked for by itself.
/// </summary>
/// <typeparam name="T">The model; its text is its name.</typeparam>
public abstract class GceListCmdlet<T> : GceProjectsCmdlet
    where T : class
{
    private readonly Dictionary<string, bool> _found = new(StringComparer.Ordinal);

    /// <summary>An expression in the server's own language, as in 'labels.env = prod'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? Filter { get; set; }

    /// <summary>For people: "disk".</summary>
    private protected abstract string Noun { get; }

    /// <summary>The names that are bound; null for all.</summary>
    private protected abstract string[]? Names { get; }

    /// <summary>The places that are bound; null for all.</summary>
    private protected virtual IReadOnlyList<ResourcePlace>? Places => null;

    /// <summary>False where such resources are global alone, so that a name is enough to find one.</summary>
    private protected virtual bool HasPlaces => false;

    /// <summary>The server's filter, with what other parameters add.</summary>
    private protected virtual string? WholeFilter => Filter;

    private protected virtual bool IsComplete => false;

    private protected override bool IsOfWholeProjects => Names is null;

    /// <summary>Whether one comes that is not named exactly.</summary>
    private protected virtual bool IsWanted(T item) => true;

    /// <summary>Puts one out.</summary>
    private protected virtual Task EmitAsync(T item)
    {
        WriteObject(item);
        return Task.CompletedTask;
    }

    private protected virtual GcpException NotFound(string name, string place) => Errors.GceResourceNotFound(Noun, name, place);

    private protected virtual GcpException NameInvalid(string name) => Errors.ResourceNameInvalid(Noun, name);

    private protected override Func<string, Task> Prepare()
    {
        string[]? names = Names;
        IReadOnlyList<ResourcePlace>? places = Places;
        return project => RunAsync(project, names, places);
    }

    private protected override void FinishFleet()
    {
        foreach (KeyValuePair<string, bool> name in _found)
        {
            if (!name.Value)
            {
                WriteFailure(NotFound(name.Key, Resources.Strings.AnyProject), name.Key);
            }
        }
    }

    /// <summary>Lists what is wanted, and says how many there were.</summary>
    private protected async Task<int> ListAsync(string project, IReadOnlyList<ResourcePlace>? places, string? filter, Func<T, bool> isWanted)
    {
        int count = 0;
        foreach (ResourcePlace? place in (IReadOnlyList<ResourcePlace?>?)places ?? new ResourcePlace?[] { null })
        {
            ResourceQuery query = new() { Project = project, Place = place, Filter = filter, RequireComplete = IsComplete };
            HashSet<string>? warned = null;
            IPager<T> pager = Engine.ListResources<T>(Session, query);
            while (await pager.NextAsync(Call) is { } page)
            {
                foreach (string scope in page.Unreachable)
                {
                    if ((warned ??= new HashSet<string>(StringComparer.Ordinal)).Add(scope))
                    {
                        Warn(nameof(Resources.Strings.WarnUnreachable), IsFleet ? project + "/" + scope : scope);
                    }
                }

                foreach (T item in page.Items)
                {
                    if (isWanted(item))
                    {
                        // Of several projects one may have ended it all: the others' pages are not wanted any more.
                        Call.Stopping.ThrowIfCancellationRequested();
                        count++;
                        await EmitAsync(item);
                    }
                }
            }
        }

        return count;
    }

    private async Task RunAsync(string project, string[]? names, IReadOnlyList<ResourcePlace>? places)
    {
        if (names is null)
        {
            await ForProjectAsync(project, () => ListAsync(project, places, WholeFilter, IsWanted));
            return;
        }

        foreach (string name in names)
        {
            await ForProjectAsync(name, () => FindAsync(project, name, places));
        }
    }

    // Of several projects one may refuse, which the caller says once.
    private Task ForProjectAsync(object target, Func<Task> work) => IsFleet ? work() : ForItemAsync(target, work);

    private async Task FindAsync(string project, string name, IReadOnlyList<ResourcePlace>? places)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            await ListAsync(project, places, WholeFilter, item => pattern.IsMatch(item.ToString()) && IsWanted(item));
            return;
        }

        bool isFound = await TryExactAsync(project, name, places);
        if (IsFleet)
        {
            _found[name] = isFound || (_found.TryGetValue(name, out bool before) && before);
        }
        else if (!isFound)
        {
            throw NotFound(name, places is null ? project : project + " (" + string.Join(", ", places) + ")");
        }
    }

    private async Task<bool> TryExactAsync(string project, string name, IReadOnlyList<ResourcePlace>? places)
    {
        ResourcePlace? place = !HasPlaces ? ResourcePlace.Global : places is { Count: 1 } ? places[0] : null;
        if (place is null || WholeFilter is not null)
        {
            return await ListAsync(project, places, ResourceFilters.WithName(WholeFilter, name, NameInvalid), static _ => true) > 0;
        }

        T item;
        try
        {
            item = await Engine.GetResourceAsync<T>(Session, new ResourceAddress(project, place, name), Call);
        }
        catch (GcpException failure) when (IsFleet && failure.IsMissing && failure.ErrorId != nameof(Resources.Strings.ProjectNotFound))
        {
            return false;
        }

        await EmitAsync(item);
        return true;
    }
}
