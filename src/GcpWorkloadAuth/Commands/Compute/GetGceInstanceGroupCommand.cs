using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the managed instance groups of projects, zonal and regional, or their members.</summary>
[Cmdlet(VerbsCommon.Get, "GceInstanceGroup", HelpUri = HelpLinks.Base + "Get-GceInstanceGroup.md")]
[OutputType(typeof(GceInstanceGroup), typeof(GceInstanceGroupMember))]
public sealed class GetGceInstanceGroupCommand : GceListCmdlet<GceInstanceGroup>
{
    /// <summary>Names or groups; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceInstanceGroup), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The zones to look in; without it, all places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string?[]? Zone { get; set; }

    /// <summary>The regions to look in for regional groups; without it, all places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string?[]? Region { get; set; }

    /// <summary>Lists the members of the groups instead: instances, and those that could not be made yet, with their errors.</summary>
    [Parameter]
    public SwitchParameter Member { get; set; }

    private protected override string Noun => "managed instance group";

    private protected override string[]? Names => Name;

    private protected override bool HasPlaces => true;

    private protected override IReadOnlyList<ResourcePlace>? Places => ResourcePlaces.Of(Zone, Region);

    private protected override async Task EmitAsync(GceInstanceGroup item)
    {
        if (!Member)
        {
            WriteObject(item);
            return;
        }

        ResourcePlace place = item.Zone is { } zone ? new ResourcePlace(Zone: zone) : new ResourcePlace(Region: item.Region);
        IPager<GceInstanceGroupMember> pager = Engine.ListGroupMembers(Session, new ResourceAddress(item.Project, place, item.Name));
        while (await pager.NextAsync(Call) is { } page)
        {
            foreach (GceInstanceGroupMember member in page.Items)
            {
                member.Group = item.Name;
                member.GroupZone = place.Zone;
                member.GroupRegion = place.Region;
                WriteObject(member);
            }
        }
    }
}
