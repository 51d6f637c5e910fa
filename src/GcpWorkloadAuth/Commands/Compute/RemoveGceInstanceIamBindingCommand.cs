using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Takes a role on instances.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GceInstanceIamBinding", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GceInstanceIamBinding.md")]
[OutputType(typeof(GcpIamPolicy))]
public sealed class RemoveGceInstanceIamBindingCommand : GceInstanceIamCmdlet
{
    /// <summary>Asks nothing. -WhatIf wins over it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Task ProcessAsync() => ChangeAsync(isRemoval: true, Strings.ActionRemoveBinding, Force);
}
