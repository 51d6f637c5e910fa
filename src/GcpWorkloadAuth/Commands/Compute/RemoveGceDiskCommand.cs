using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Deletes disks, with what is on them.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GceDisk", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GceDisk.md")]
[OutputType(typeof(GceOperation), typeof(GceDisk))]
public sealed class RemoveGceDiskCommand : GceDiskChangeCmdlet
{
    /// <summary>Delete without asking. -WhatIf still wins.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Task ProcessAsync() => ForEachAsync(async (at, disk, target) =>
    {
        if (!ShouldProcess(Describe(at), Strings.ActionRemoveDisk, Force))
        {
            return;
        }

        await StartAsync(target, new ResourceChange(ResourceMethod.DeleteDisk, at), async () => await TryReadAsync<GceDisk>(at) is null, () =>
        {
            // What is gone cannot be read again: it comes out as it was named.
            if (PassThru)
            {
                WriteObject(disk);
            }

            return Task.CompletedTask;
        });
    });
}
