using System.Management.Automation;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the snapshots of projects, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceSnapshot", HelpUri = HelpLinks.Base + "Get-GceSnapshot.md")]
[OutputType(typeof(GceSnapshot))]
public sealed class GetGceSnapshotCommand : GceListCmdlet<GceSnapshot>
{
    /// <summary>Names or snapshots; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceSnapshot), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override string Noun => "snapshot";

    private protected override string[]? Names => Name;
}
