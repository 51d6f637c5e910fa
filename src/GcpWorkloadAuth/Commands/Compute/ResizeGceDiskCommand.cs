using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes disks larger.</summary>
[Cmdlet(VerbsCommon.Resize, "GceDisk", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Resize-GceDisk.md")]
[OutputType(typeof(GceDisk), typeof(GceOperation))]
public sealed class ResizeGceDiskCommand : GceDiskChangeCmdlet
{
    /// <summary>The new size in GB (2^30 bytes).</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Size", "NewSizeGb")]
    [ValidateRange(1, 65536)]
    public int SizeGB { get; set; }

    private protected override Task ProcessAsync() => ForEachAsync((at, disk, target) => ForItemAsync(target, async () =>
    {
        // Disks never shrink: what is known of a disk's size is its least size, however old.
        long now = disk.SizeGB > 0 ? disk.SizeGB : (await ReadAsync<GceDisk>(at)).SizeGB;
        if (now > SizeGB)
        {
            throw Errors.DiskCannotShrink(at.Name, now, SizeGB);
        }

        if (!ShouldProcess(Describe(at), string.Format(CultureInfo.CurrentCulture, Strings.ActionResizeDisk, SizeGB)))
        {
            return;
        }

        if (now == SizeGB)
        {
            await EmitAsync(at);
            return;
        }

        ResourceChange change = new(ResourceMethod.ResizeDisk, at)
        {
            Body = new Dictionary<string, object?> { ["sizeGb"] = SizeGB.ToString(CultureInfo.InvariantCulture) },
        };
        await StartAsync(target, change, async () => await TryReadAsync<GceDisk>(at) is { } disk && disk.SizeGB >= SizeGB, () => EmitAsync(at));
    }));

    private async Task EmitAsync(ResourceAddress at)
    {
        if (PassThru)
        {
            WriteObject(await ReadAsync<GceDisk>(at));
        }
    }
}
