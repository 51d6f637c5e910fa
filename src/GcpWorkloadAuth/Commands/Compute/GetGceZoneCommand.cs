using System.Management.Automation;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the zones that a project can use, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceZone", HelpUri = HelpLinks.Base + "Get-GceZone.md")]
[OutputType(typeof(GceZone))]
public sealed class GetGceZoneCommand : GceListCmdlet<GceZone>
{
    /// <summary>Names or zones; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceZone), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    public string[]? Name { get; set; }

    private protected override string Noun => "zone";

    private protected override string[]? Names => Name;

    private protected override GcpException NotFound(string name, string place) => Errors.ZoneNotFound(name, place);
}
