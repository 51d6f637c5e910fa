using System.Collections.Generic;
using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the instance templates of projects, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceInstanceTemplate", HelpUri = HelpLinks.Base + "Get-GceInstanceTemplate.md")]
[OutputType(typeof(GceInstanceTemplate))]
public sealed class GetGceInstanceTemplateCommand : GceListCmdlet<GceInstanceTemplate>
{
    /// <summary>Names or instance templates; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceInstanceTemplate), Leaves = typeof(GcpProject))]
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

    private protected override string Noun => "instance template";

    private protected override string[]? Names => Name;

    private protected override bool HasPlaces => true;

    private protected override IReadOnlyList<ResourcePlace>? Places => ResourcePlaces.Of(null, Region, Global);
}
