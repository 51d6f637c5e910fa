using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;
using GcpWorkloadAuth.Transformations;

namespace GcpWorkloadAuth.Commands;

/// <summary>Says how many instances managed groups are to have.</summary>
[Cmdlet(VerbsCommon.Resize, "GceInstanceGroup", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Resize-GceInstanceGroup.md")]
[OutputType(typeof(GceInstanceGroup), typeof(GceOperation))]
public sealed class ResizeGceInstanceGroupCommand : GcePlacedCmdlet
{
    /// <summary>Managed groups, or names. A group's own place and project win. A name without a place is looked for in all of them.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InputObject", "InstanceGroup")]
    [GceResourceTransformation(typeof(GceInstanceGroup))]
    [ValidateNotNullOrEmpty]
    public GceInstanceGroup[] Name { get; set; } = [];

    /// <summary>How many instances. Where there are more, the group deletes some.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int Size { get; set; }

    /// <summary>Emit the groups as they are after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessAsync()
    {
        List<(ResourceAddress At, object Target)> found = new();
        foreach (GceInstanceGroup group in Name)
        {
            NamedResource named = NamedResource.Of(group);
            await ForItemAsync(named.Target, async () =>
                found.Add(((await ResolveAsync<GceInstanceGroup>(named, "managed instance group")).At, named.Target)));
        }

        foreach ((ResourceAddress at, object target) in found)
        {
            if (ShouldProcess(Describe(at), string.Format(CultureInfo.CurrentCulture, Strings.ActionResizeGroup, Size)))
            {
                await StartAsync(
                    target,
                    new ResourceChange(ResourceMethod.ResizeGroup, at) { Size = Size },
                    async () => await TryReadAsync<GceInstanceGroup>(at) is { } now && now.TargetSize == Size,
                    PassThru ? async () => WriteObject(await ReadAsync<GceInstanceGroup>(at)) : null);
            }
        }
    }
}
