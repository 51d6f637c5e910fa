using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the instances of a project over all zones, or gets them by name and zone.</summary>
[Cmdlet(VerbsCommon.Get, "GceInstance", DefaultParameterSetName = NameSet, HelpUri = HelpLinks.Base + "Get-GceInstance.md")]
[OutputType(typeof(GceInstance))]
public sealed class GetGceInstanceCommand : GcpCmdlet
{
    private const string NameSet = "Name";
    private const string CurrentSet = "Current";

    /// <summary>Names or instances; wildcards are allowed. An exact name without -Zone gives every instance of that name.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ResourceName(typeof(GceInstance), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The zones to look in; without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Zone { get; set; }

    /// <summary>The projects to look in; without it, the session's project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    public string[]? Project { get; set; }

    /// <summary>An expression in the server's own language, as in 'status = RUNNING AND machineType : e2'.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Only instances with these labels, @{ env = 'prod' }; the value '*' asks only that the label be there.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNull]
    [Alias("Labels")]
    public Hashtable? Label { get; set; }

    /// <summary>The VM that this runs on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CurrentSet)]
    public SwitchParameter Current { get; set; }

    /// <summary>Fail where a zone could not be reached, instead of warning.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter RequireComplete { get; set; }

    private protected override async Task ProcessAsync()
    {
        if (Current)
        {
            InstanceAddress here = await Engine.GetCurrentInstanceAsync(Session, Call);
            await ForItemAsync(here.Name, () => GetAsync(here.Project, here.Zone, here.Name));
            return;
        }

        foreach (string project in Project ?? new[] { await Engine.GetProjectAsync(Session, Call) })
        {
            if (Name is null)
            {
                await ForItemAsync(project, () => ListZonesAsync(project, Filter, static _ => true));
                continue;
            }

            foreach (string name in Name)
            {
                await ForItemAsync(name, () => FindAsync(project, name));
            }
        }
    }

    private async Task FindAsync(string project, string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            await ListZonesAsync(project, Filter, instance => pattern.IsMatch(instance.Name));
        }
        else if (Zone is { Length: 1 } && Filter is null && Label is null)
        {
            await GetAsync(project, Zone[0], name);
        }
        else if (await ListZonesAsync(project, InstanceFilters.WithName(Filter, name), static _ => true) == 0)
        {
            throw Errors.InstanceNotFound(name, Zone is null ? project : project + " (" + string.Join(", ", Zone) + ")");
        }
    }

    private async Task GetAsync(string project, string zone, string name) =>
        WriteObject(await Engine.GetInstanceAsync(Session, project, zone, name, Call));

    private async Task<int> ListZonesAsync(string project, string? filter, Func<GceInstance, bool> isWanted)
    {
        string? whole = InstanceFilters.WithLabels(filter, Label);
        int count = 0;
        foreach (string? zone in Zone ?? new string?[] { null })
        {
            count += await ListAsync(
                new InstanceQuery { Project = project, Zone = zone, Filter = whole, RequireComplete = RequireComplete }, isWanted);
        }

        return count;
    }

    private async Task<int> ListAsync(InstanceQuery query, Func<GceInstance, bool> isWanted)
    {
        int count = 0;
        HashSet<string>? warned = null;
        IPager<GceInstance> pager = Engine.ListInstances(Session, query);
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (string scope in page.Unreachable)
            {
                if ((warned ??= new HashSet<string>(StringComparer.Ordinal)).Add(scope))
                {
                    Warn(nameof(Resources.Strings.WarnUnreachable), scope);
                }
            }

            foreach (GceInstance instance in page.Items)
            {
                if (isWanted(instance))
                {
                    count++;
                    WriteObject(instance);
                }
            }
        }

        return count;
    }
}
