using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the regions that a project can use with its quotas there, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceRegion", HelpUri = HelpLinks.Base + "Get-GceRegion.md")]
[OutputType(typeof(GceRegion))]
public sealed class GetGceRegionCommand : GceListCmdlet<GceRegion>
{
    /// <summary>Names or regions; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceRegion), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputeRegionCompleter))]
    public string[]? Name { get; set; }

    private protected override string Noun => "region";

    private protected override string[]? Names => Name;
}
