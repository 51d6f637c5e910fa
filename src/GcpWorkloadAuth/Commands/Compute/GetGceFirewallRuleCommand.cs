using System.Management.Automation;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Lists the firewall rules of projects, or gets them by name.</summary>
[Cmdlet(VerbsCommon.Get, "GceFirewallRule", HelpUri = HelpLinks.Base + "Get-GceFirewallRule.md")]
[Alias("Get-GceFirewall")]
[OutputType(typeof(GceFirewallRule))]
public sealed class GetGceFirewallRuleCommand : GceListCmdlet<GceFirewallRule>
{
    /// <summary>Names or firewall rules; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ResourceName(typeof(GceFirewallRule), Leaves = typeof(GcpProject))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override string Noun => "firewall rule";

    private protected override string[]? Names => Name;
}
