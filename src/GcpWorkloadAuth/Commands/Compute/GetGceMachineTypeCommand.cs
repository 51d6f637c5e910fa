using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the machine types of zones, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceMachineType", HelpUri = HelpLinks.Base + "Get-GceMachineType.md")]
[OutputType(typeof(GceMachineType))]
public sealed class GetGceMachineTypeCommand : GceListCmdlet<GceMachineType>
{
    /// <summary>Names or machine types; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceMachineType), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MachineTypeCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The zones to look in; without it, all places.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string?[]? Zone { get; set; }

    private protected override string Noun => "machine type";

    private protected override string[]? Names => Name;

    private protected override bool HasPlaces => true;

    private protected override IReadOnlyList<ResourcePlace>? Places => ResourcePlaces.Of(Zone, null);
}
