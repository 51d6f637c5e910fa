using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the instances of projects over all zones, or gets them by name and zone.</summary>
[Cmdlet(VerbsCommon.Get, "GceInstance", DefaultParameterSetName = NameSet, HelpUri = HelpLinks.Base + "Get-GceInstance.md")]
[OutputType(typeof(GceInstance))]
public sealed class GetGceInstanceCommand : GceListCmdlet<GceInstance>
{
    private const string NameSet = "Name";
    private const string CurrentSet = "Current";

    /// <summary>Names or instances; wildcards are allowed. An exact name without -Zone gives every instance of that name.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ResourceName(typeof(GceInstance), AlsoFrom = typeof(GceInstanceGroupMember), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The zones to look in; without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string[]? Zone { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("ProjectId")]
    [ResourceName(typeof(GcpProject), nameof(GcpProject.ProjectId))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public override string[]? Project { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public override string? Filter { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1, 64)]
    public override int ThrottleLimit { get; set; } = 16;

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

    private protected override string Noun => "instance";

    private protected override string[]? Names => Name;

    private protected override bool HasPlaces => true;

    private protected override IReadOnlyList<ResourcePlace>? Places => ResourcePlaces.Of(Zone, null);

    private protected override string? WholeFilter => ResourceFilters.WithLabels(Filter, Label);

    private protected override bool IsComplete => RequireComplete;

    private protected override GcpException NotFound(string name, string place) => Errors.InstanceNotFound(name, place);

    private protected override GcpException NameInvalid(string name) => Errors.InstanceNameInvalid(name);

    private protected override async Task ProcessAsync()
    {
        if (!Current)
        {
            await base.ProcessAsync();
            return;
        }

        InstanceAddress here = await Engine.GetCurrentInstanceAsync(Session, Call);
        await ForItemAsync(
            here.Name, async () => WriteObject(await Engine.GetInstanceAsync(Session, here.Project, here.Zone, here.Name, Call)));
    }
}
