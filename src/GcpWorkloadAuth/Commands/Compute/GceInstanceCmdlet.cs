using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that act on instances that are named: by instances from the pipeline, live or from a job, or by name,
/// zone and project. Names are exact.
/// </summary>
public abstract class GceInstanceCmdlet : GceWaitingCmdlet
{
    /// <summary>
    /// Instances from Get-GceInstance, or names. An instance's own zone and project win over -Zone and -Project. A name without a zone
    /// is looked for in all zones.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject", "Instance")]
    [GceInstanceTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public virtual GceInstance[] Name { get; set; } = [];

    /// <summary>The zone of instances that are only named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string? Zone { get; set; }

    /// <summary>The project of instances that are only named; without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>What failures are reported against: the instance, or its name where no more of it was given.</summary>
    private protected static object TargetOf(GceInstance instance) => instance.Status.Length == 0 ? instance.Name : instance;

    /// <summary>For people: which one.</summary>
    private protected static string Describe(GceInstance instance) => instance.Name + " (" + instance.Project + "/" + instance.Zone + ")";

    private protected static InstanceAddress AddressOf(GceInstance instance) => new(instance.Project, instance.Zone, instance.Name);

    /// <summary>
    /// Which instances the current input means, each with its zone and project. What cannot be found, or means several, is reported;
    /// all of the input is looked at before any of it is acted on.
    /// </summary>
    private protected async Task<IReadOnlyList<GceInstance>> ResolveAsync()
    {
        List<GceInstance> found = new();
        foreach (GceInstance named in Name)
        {
            await ForItemAsync(TargetOf(named), async () => found.Add(await ResolveAsync(named)));
        }

        return found;
    }

    private protected Task<GceInstance> ReadAsync(GceInstance instance) =>
        Engine.GetInstanceAsync(Session, instance.Project, instance.Zone, instance.Name, Call);

    /// <summary>The instance as it is now; null where it is gone.</summary>
    private protected async Task<GceInstance?> TryReadAsync(GceInstance instance)
    {
        try
        {
            return await ReadAsync(instance);
        }
        catch (GcpException failure) when (failure.ErrorId == nameof(Resources.Strings.InstanceNotFound))
        {
            return null;
        }
    }

    private async Task<GceInstance> ResolveAsync(GceInstance named)
    {
        string zone = named.Zone.Length > 0 ? named.Zone : Zone ?? string.Empty;
        string project = named.Project.Length > 0 ? named.Project : Project ?? await Engine.GetProjectAsync(Session, Call);
        if (zone.Length == 0)
        {
            return await FindAsync(project, named.Name);
        }

        return named.Project.Length > 0 && named.Zone.Length > 0 ? named : new GceInstance { Name = named.Name, Zone = zone, Project = project };
    }

    private async Task<GceInstance> FindAsync(string project, string name)
    {
        List<GceInstance> found = new();
        InstanceQuery query = new() { Project = project, Filter = ResourceFilters.WithName(null, name) };
        IPager<GceInstance> pager = Engine.ListInstances(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            found.AddRange(page.Items);
            foreach (string scope in page.Unreachable)
            {
                Warn(nameof(Resources.Strings.WarnUnreachableName), scope, name);
            }
        }

        if (found.Count > 1)
        {
            throw Errors.AmbiguousName(name, string.Join(", ", found.ConvertAll(static i => i.Project + "/" + i.Zone)));
        }

        return found.Count == 1 ? found[0] : throw Errors.InstanceNotFound(name, project);
    }
}
