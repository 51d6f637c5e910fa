using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Completers;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Attaches a disk that is there already to instances.</summary>
[Cmdlet(VerbsCommon.Add, "GceInstanceDisk", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Add-GceInstanceDisk.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class AddGceInstanceDiskCommand : GceInstanceChangeCmdlet
{
    /// <summary>The disk: a name in the instance's zone, a disk, or an address.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ResourceName(typeof(GceDisk), nameof(GceDisk.SelfLink))]
    [ValidateNotNullOrEmpty]
    public string Disk { get; set; } = string.Empty;

    /// <summary>What the guest knows the disk by (/dev/disk/by-id/google-NAME on Linux); without it, the disk's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeviceName { get; set; }

    /// <summary>READ_WRITE, or READ_ONLY, in which several instances can have a disk.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiskModeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Mode { get; set; } = "READ_WRITE";

    /// <summary>Delete the disk with the instance.</summary>
    [Parameter]
    public SwitchParameter AutoDelete { get; set; }

    private protected override string Action => string.Format(CultureInfo.CurrentCulture, Strings.ActionAttachDisk, DiskName);

    private string DiskName => Disk.Substring(Disk.LastIndexOf('/') + 1);

    private protected override async Task<GceOperation?> StartAsync(GceInstance target)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal)
        {
            ["source"] = Disk.Contains("/") ? Disk : "projects/" + target.Project + "/zones/" + target.Zone + "/disks/" + Disk,
            ["deviceName"] = DeviceName ?? DiskName,
            ["mode"] = Mode.ToUpperInvariant(),
            ["autoDelete"] = AutoDelete.IsPresent,
        };
        return await SendAsync(new InstanceChange(InstanceMethod.AttachDisk, AddressOf(target)) { Body = body });
    }

    private protected override bool IsReached(GceInstance? now)
    {
        foreach (GceAttachedDisk disk in now?.Disks ?? [])
        {
            if (disk.Name == DiskName)
            {
                return true;
            }
        }

        return false;
    }
}
