using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Writes a guest attribute of the VM that this runs on.</summary>
[Cmdlet(VerbsCommon.Set, "GceGuestAttribute", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Set-GceGuestAttribute.md")]
public sealed class SetGceGuestAttributeCommand : GcpCmdlet
{
    /// <summary>What the attribute belongs to, an application's name say.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = string.Empty;

    /// <summary>The attribute's name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Key { get; set; } = string.Empty;

    /// <summary>The text to write. Everybody on this VM, and who may read the VM's guest attributes, can read it.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Value { get; set; } = string.Empty;

    private protected override object? FailureTarget => Namespace + "/" + Key;

    private protected override async Task ProcessAsync()
    {
        if (ShouldProcess(Namespace + "/" + Key, "Set guest attribute"))
        {
            await Engine.SetGuestAttributeAsync(Session, Namespace, Key, Value, Call);
        }
    }
}
