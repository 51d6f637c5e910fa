using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Deletes instances, with the disks that go with them.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GceInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GceInstance.md")]
[OutputType(typeof(GceOperation), typeof(GceInstance))]
public sealed class RemoveGceInstanceCommand : GceInstanceChangeCmdlet
{
    /// <summary>Delete without asking. -WhatIf still wins.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string Action => Strings.ProgressRemoveInstance;

    private protected override bool IsForced => Force;

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.Delete, AddressOf(target)));

    private protected override bool IsReached(GceInstance? now) => now is null;

    // What is gone cannot be read again: it comes out as it was named.
    private protected override Task EmitAsync(GceInstance target)
    {
        if (PassThru)
        {
            WriteObject(target);
        }

        return Task.CompletedTask;
    }
}
