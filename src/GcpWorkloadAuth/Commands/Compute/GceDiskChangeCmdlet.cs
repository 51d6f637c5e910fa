using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>What changing and removing disks have in common.</summary>
public abstract class GceDiskChangeCmdlet : GcePlacedCmdlet
{
    /// <summary>Disks, or names. A disk's own place and project win. A name without a place is looked for in all of them.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject", "Disk")]
    [GceResourceTransformation(typeof(GceDisk))]
    [ValidateNotNullOrEmpty]
    public GceDisk[] Name { get; set; } = [];

    /// <summary>Emit the disks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>All of the input is looked at before any of it is acted on.</summary>
    private protected async Task ForEachAsync(Func<ResourceAddress, GceDisk, object, Task> act)
    {
        List<(ResourceAddress At, GceDisk Disk, object Target)> found = new();
        foreach (GceDisk disk in Name)
        {
            NamedResource named = NamedResource.Of(disk);
            await ForItemAsync(named.Target, async () =>
            {
                (ResourceAddress at, GceDisk? known) = await ResolveAsync<GceDisk>(named, "disk");
                found.Add((at, known ?? disk, named.Target));
            });
        }

        foreach ((ResourceAddress at, GceDisk disk, object target) in found)
        {
            await act(at, disk, target);
        }
    }
}
