using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that change resources of a zone or a region that are named: by objects from the pipeline, live or from a
/// job, or by name, place and project. Names are exact.
/// </summary>
public abstract class GcePlacedCmdlet : GceChangeCmdlet
{
    /// <summary>The zone of what is only named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Zone { get; set; }

    /// <summary>The region of what is only named, and is no resource of a zone.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>The project of what is only named; without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>For people: which one.</summary>
    private protected static string Describe(ResourceAddress at) =>
        at.Name + " (" + at.Project + (at.Place == ResourcePlace.Global ? ")" : "/" + at.Place + ")");

    /// <summary>The place that -Zone or -Region names; null for neither.</summary>
    private protected ResourcePlace? NamedPlace =>
        Zone is not null && Region is not null ? throw Errors.ParametersExclude("-Zone", "-Region")
        : Zone is not null ? new ResourcePlace(Zone: Zone)
        : Region is not null ? new ResourcePlace(Region: Region)
        : null;

    private protected async Task<string> FindProjectAsync() => Project ?? await Engine.GetProjectAsync(Session, Call);

    /// <summary>Where a resource is that is named, and the resource where it had to be looked for.</summary>
    /// <exception cref="GcpException">It is nowhere, or in several places.</exception>
    private protected async Task<(ResourceAddress At, T? Found)> ResolveAsync<T>(NamedResource named, string noun)
        where T : class
    {
        string project = named.Project.Length > 0 ? named.Project : await FindProjectAsync();
        if ((named.Place ?? NamedPlace) is { } place)
        {
            return (new ResourceAddress(project, place, named.Name), null);
        }

        ResourceQuery query = new() { Project = project, Filter = ResourceFilters.WithName(null, named.Name, name => Errors.ResourceNameInvalid(noun, name)) };
        IPager<T> pager = Engine.ListResources<T>(Session, query);
        List<(ResourceAddress At, T Item)> found = new();
        while (await pager.NextAsync(Call) is { } page)
        {
            found.AddRange(page.Items.Select(item => (AddressOf(item), item)));
            foreach (string scope in page.Unreachable)
            {
                Warn(nameof(Resources.Strings.WarnUnreachableName), scope, named.Name);
            }
        }

        return found.Count switch
        {
            0 => throw Errors.GceResourceNotFound(noun, named.Name, project),
            1 => found[0],
            _ => throw Errors.AmbiguousName(named.Name, string.Join(", ", found.Select(static f => f.At.Project + "/" + f.At.Place))),
        };
    }

    private static ResourceAddress AddressOf(object item)
    {
        NamedResource named = item switch
        {
            GceDisk disk => NamedResource.Of(disk),
            GceInstanceGroup group => NamedResource.Of(group),
            _ => NamedResource.Of((GceSnapshot)item),
        };
        return new ResourceAddress(named.Project, named.Place ?? ResourcePlace.Global, named.Name);
    }
}
