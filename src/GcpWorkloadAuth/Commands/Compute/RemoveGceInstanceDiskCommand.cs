using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Detaches a disk from instances. The disk stays.</summary>
[Cmdlet(
    VerbsCommon.Remove, "GceInstanceDisk", DefaultParameterSetName = DiskSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpLinks.Base + "Remove-GceInstanceDisk.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class RemoveGceInstanceDiskCommand : GceInstanceChangeCmdlet
{
    private const string DiskSet = "Disk";
    private const string DeviceSet = "Device";

    /// <summary>The disk: a name, a disk, or an address.</summary>
    [Parameter(ParameterSetName = DiskSet, Mandatory = true, Position = 1)]
    [ResourceName(typeof(GceDisk), nameof(GceDisk.SelfLink))]
    [ValidateNotNullOrEmpty]
    public string Disk { get; set; } = string.Empty;

    /// <summary>The name by which the disk is attached, where it is not the disk's own.</summary>
    [Parameter(ParameterSetName = DeviceSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string DeviceName { get; set; } = string.Empty;

    /// <summary>Detach without asking. -WhatIf still wins.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override string Action => string.Format(CultureInfo.CurrentCulture, Strings.ActionDetachDisk, Wanted);

    private protected override bool IsForced => Force;

    private string Wanted => ParameterSetName == DeviceSet ? DeviceName : Disk.Substring(Disk.LastIndexOf('/') + 1);

    // Read anew: what was piped in may be old, and the server knows attached disks by their device names only.
    private protected override async Task<GceOperation?> StartAsync(GceInstance target)
    {
        GceAttachedDisk disk = Find(await ReadAsync(target)) ?? throw Errors.AttachedDiskNotFound(Wanted, target.Name);
        return await SendAsync(new InstanceChange(InstanceMethod.DetachDisk, AddressOf(target)) { DeviceName = disk.DeviceName });
    }

    private protected override bool IsReached(GceInstance? now) => now is not null && Find(now) is null;

    private GceAttachedDisk? Find(GceInstance now)
    {
        foreach (GceAttachedDisk disk in now.Disks)
        {
            if ((ParameterSetName == DeviceSet ? disk.DeviceName : disk.Name) == Wanted)
            {
                return disk;
            }
        }

        return null;
    }
}
