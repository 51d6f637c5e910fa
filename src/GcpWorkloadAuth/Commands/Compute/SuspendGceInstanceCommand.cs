using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;
using GcpWorkloadAuth.Resources;

namespace GcpWorkloadAuth.Commands;

/// <summary>Suspends instances: their memory is kept.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "GceInstance", SupportsShouldProcess = true, HelpUri = HelpLinks.Base + "Suspend-GceInstance.md")]
[OutputType(typeof(GceInstance), typeof(GceOperation))]
public sealed class SuspendGceInstanceCommand : GceInstanceChangeCmdlet
{
    /// <summary>
    /// Give up what is on local SSDs. Without it, an instance that has some is refused; -DiscardLocalSsd:$false asks to keep it.
    /// </summary>
    [Parameter]
    public SwitchParameter DiscardLocalSsd { get; set; }

    private protected override string Action => Strings.ProgressSuspendInstance;

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        await SendAsync(new InstanceChange(InstanceMethod.Suspend, AddressOf(target))
        {
            DiscardLocalSsd = MyInvocation.BoundParameters.ContainsKey(nameof(DiscardLocalSsd)) ? DiscardLocalSsd.IsPresent : null,
        });

    private protected override bool IsReached(GceInstance? now) => now?.Status is "SUSPENDED";
}
