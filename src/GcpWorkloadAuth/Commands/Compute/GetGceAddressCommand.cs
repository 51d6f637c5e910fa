using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the reserved IP addresses of projects, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceAddress", HelpUri = HelpLinks.Base + "Get-GceAddress.md")]
[OutputType(typeof(GceAddress))]
public sealed class GetGceAddressCommand : GceListCmdlet<GceAddress>
{
    /// <summary>Names or addresses; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceAddress), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The regions to look in; without it, all places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string?[]? Region { get; set; }

    /// <summary>Only global ones.</summary>
    [Parameter]
    public SwitchParameter Global { get; set; }

    private protected override string Noun => "address";

    private protected override string[]? Names => Name;

    private protected override bool HasPlaces => true;

    private protected override IReadOnlyList<ResourcePlace>? Places => ResourcePlaces.Of(null, Region, Global);
}
