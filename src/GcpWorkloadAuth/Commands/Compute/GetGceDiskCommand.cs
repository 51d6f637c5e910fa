using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the disks of projects over all zones and regions, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceDisk", HelpUri = HelpLinks.Base + "Get-GceDisk.md")]
[OutputType(typeof(GceDisk))]
public sealed class GetGceDiskCommand : GceListCmdlet<GceDisk>
{
    /// <summary>Names or disks; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceDisk), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The zones to look in; without it, all places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string?[]? Zone { get; set; }

    /// <summary>The regions to look in for regional disks; without it, all places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string?[]? Region { get; set; }

    private protected override string Noun => "disk";

    private protected override string[]? Names => Name;

    private protected override bool HasPlaces => true;

    private protected override IReadOnlyList<ResourcePlace>? Places => ResourcePlaces.Of(Zone, Region);
}
