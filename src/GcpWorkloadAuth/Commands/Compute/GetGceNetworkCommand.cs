using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the VPC networks of projects, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceNetwork", HelpUri = HelpLinks.Base + "Get-GceNetwork.md")]
[OutputType(typeof(GceNetwork))]
public sealed class GetGceNetworkCommand : GceListCmdlet<GceNetwork>
{
    /// <summary>Names or networks; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceNetwork), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string[]? Name { get; set; }

    private protected override string Noun => "network";

    private protected override string[]? Names => Name;
}
