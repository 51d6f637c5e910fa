using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Reads what instances' guests tell about themselves.</summary>
[Cmdlet(VerbsCommon.Get, "GceGuestAttribute", HelpUri = HelpLinks.Base + "Get-GceGuestAttribute.md")]
[OutputType(typeof(GceGuestAttribute))]
public sealed class GetGceGuestAttributeCommand : GceInstanceCmdlet
{
    /// <summary>A namespace, or namespace/key; without it, all.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GceInstance instance in await ResolveAsync())
        {
            await ForItemAsync(TargetOf(instance), async () =>
                WriteObject(await Engine.GetGuestAttributesAsync(Session, AddressOf(instance), Path, Call), enumerateCollection: true));
        }
    }
}
